import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { Engine } from '#local/engine.ts';
import { readBody, startListening } from '#tests/bench/harness/http.ts';

/** Capacity units that DynamoDB says were consumed: a read unit is 4 KB read strongly, a write unit 1 KB written. */
export interface Units {
  readonly read: number;
  readonly write: number;
}

/** An engine that tells what it is asked through it. */
export interface MeteredEngine extends Engine {
  /** What an action consumes; nothing else may be asked meanwhile. */
  measure(action: () => Promise<unknown>): Promise<Units>;
}

interface Body {
  readonly ReturnConsumedCapacity?: string;
  readonly ConsumedCapacity?: Consumed | readonly Consumed[];
}

interface Consumed {
  readonly CapacityUnits?: number;
}

/**
 * Without Scan, which no role may: that is the laptop's sweep, which comes ten seconds after the start, whatever
 * is being measured then.
 */
const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'TransactGetItems']);
const WRITES = new Set([
  ...['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems'],
]);
/** Headers that belong to a connection, not to what is asked. */
const NOT_PASSED = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);

/**
 * Stands in front of an engine, adds up what is consumed, and changes no answer.
 * @param ignore says of which requests' bodies not to count what they consume; of none when left out
 */
export async function meterEngine(
  engine: Engine,
  { ignore = () => false }: { readonly ignore?: (request: string) => boolean } = {},
): Promise<MeteredEngine> {
  const units = { read: 0, write: 0 };
  const server = createServer(async (incoming, outgoing) => {
    const operation = String(incoming.headers['x-amz-target']).replace(/^.*\./, '');
    const asked = { operation, headers: incoming.headers, body: await readBody(incoming) };
    const { status, body, consumed } = await ask(engine.endpoint, asked);
    const kind = READS.has(operation) ? 'read' : 'write';
    if (!ignore(asked.body)) units[kind] += consumed;
    outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
  });
  const endpoint = await startListening(server);
  return {
    ...engine,
    endpoint,
    async measure(action) {
      const before = { ...units };
      await action();
      return { read: units.read - before.read, write: units.write - before.write };
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await engine.stop();
    },
  };
}

interface Asked {
  readonly operation: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function ask(endpoint: string, { operation, headers, body }: Asked) {
  const isMetered = READS.has(operation) || WRITES.has(operation);
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: passed(headers),
    body: isMetered ? JSON.stringify({ ...parse(body), ReturnConsumedCapacity: 'TOTAL' }) : body,
  });
  const text = await answer.text();
  const { ConsumedCapacity, ...rest } = isMetered ? parse(text) : {};
  const consumed = [ConsumedCapacity ?? []].flat() as readonly Consumed[];
  return {
    status: answer.status,
    body: isMetered ? JSON.stringify(rest) : text,
    consumed: consumed.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0),
  };
}

const parse = (text: string): Body => JSON.parse(text);

function passed(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => typeof value === 'string' && !NOT_PASSED.has(name))
      .map(([name, value]) => [name, String(value)]),
  );
}
