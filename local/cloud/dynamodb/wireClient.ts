import { connect, type Socket } from 'node:net';
import { createAnswerParser, type WireAnswer } from './wireAnswer.ts';

/**
 * Sends bodies to the engine as they are. It writes HTTP/1.1 itself: node:http takes 80 µs of
 * processor time more for each of them, which is more than all else the proxy does.
 */
export interface WireClient {
  /** @param target `DynamoDB_20120810.GetItem`. Rejects when there is no whole answer. */
  send(target: string, body: Buffer | string): Promise<WireAnswer>;
  close(): void;
}

export interface WireClientOptions {
  /** `http://127.0.0.1:8000`: the engine checks that requests are signed, but no signature. */
  readonly endpoint: string;
  /** How long an answer may take; 30 s when left out. */
  readonly timeoutMs?: number | undefined;
}

/** Nobody verifies it. */
const SIGNED =
  'x-amz-date: 20260101T000000Z\r\nauthorization: AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0\r\n';

/** As many sockets as there are requests at once, each kept open for the next ones. */
export function createWireClient({ endpoint, timeoutMs = 30_000 }: WireClientOptions): WireClient {
  const { protocol, hostname, port, host } = new URL(endpoint);
  if (protocol !== 'http:') throw new TypeError(`Expected an http:// endpoint, got ${endpoint}.`);
  const head = `POST / HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/x-amz-json-1.0\r\n${SIGNED}`;
  const idle: Connection[] = [];
  const open = new Set<Connection>();
  const openConnection = (): Connection => {
    const socket = connect({ host: hostname, port: Number(port || 80), noDelay: true });
    const connection = createConnection(socket, timeoutMs, () => {
      open.delete(connection);
      const at = idle.indexOf(connection);
      if (at >= 0) idle.splice(at, 1);
    });
    open.add(connection);
    return connection;
  };
  return {
    async send(target, body) {
      const connection = idle.pop() ?? openConnection();
      const request = `${head}x-amz-target: ${target}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
      const answer = await connection.exchange(request, body);
      if (answer.keepsAlive) idle.push(connection);
      else connection.end();
      return answer;
    },
    close() {
      for (const connection of open) connection.end();
    },
  };
}

/** One socket: one request at a time. */
interface Connection {
  exchange(head: string, body: Buffer | string): Promise<WireAnswer>;
  end(): void;
}

function createConnection(socket: Socket, timeoutMs: number, onClose: () => void): Connection {
  let parser = createAnswerParser();
  let settle: { resolve(answer: WireAnswer): void; reject(error: Error): void } | undefined;
  const fail = (error: Error): void => {
    socket.destroy();
    settle?.reject(error);
    settle = undefined;
  };
  socket.on('data', (chunk) => {
    try {
      const answer = parser.add(chunk);
      if (!answer) return;
      if (!settle) throw new Error('Expected no answer without a request.');
      settle.resolve(answer);
      settle = undefined;
      // An idle socket must not keep the process.
      socket.unref();
    } catch (error) {
      fail(error as Error);
    }
  });
  socket.on('error', fail);
  socket.on('timeout', () => {
    if (settle) fail(new Error(`Expected the engine to answer within ${timeoutMs} ms.`));
  });
  socket.on('close', () => {
    fail(new Error('Expected an answer from the engine, but it closed the connection.'));
    onClose();
  });
  socket.setTimeout(timeoutMs);
  return {
    exchange(head, body) {
      return new Promise((resolve, reject) => {
        settle = { resolve, reject };
        parser = createAnswerParser();
        socket.ref();
        socket.cork();
        socket.write(head, 'latin1');
        socket.write(body);
        socket.uncork();
      });
    },
    end: () => socket.destroy(),
  };
}
