import { createWireClient } from './cloud/dynamodb/wireClient.ts';
import type { Engine } from './engine.ts';
import { StartError } from './startError.ts';

const ANSWER_WITHIN_MS = 5_000;

/** The engine somebody else runs: the variable DYNAMODB_ENDPOINT. @throws StartError when there is none */
export async function takeGivenEngine(endpoint: string): Promise<Engine> {
  await checkEndpoint(endpoint);
  return { endpoint, ended: new Promise(() => {}), stop: async () => {} };
}

/** Asks before anything relies on it, because what fails then doesn't name the variable. */
async function checkEndpoint(endpoint: string): Promise<void> {
  const { protocol } = URL.canParse(endpoint) ? new URL(endpoint) : { protocol: '' };
  if (protocol !== 'http:') {
    throw new StartError(
      `Expected DYNAMODB_ENDPOINT to be a URL such as http://127.0.0.1:8000, got ${JSON.stringify(endpoint)}.`,
    );
  }
  const came = await listTables(endpoint);
  if (came === undefined) return;
  throw new StartError(
    `Expected DynamoDB at DYNAMODB_ENDPOINT ${endpoint}, got ${came}.\nStart it, or unset DYNAMODB_ENDPOINT to use the embedded engine.`,
  );
}

/** What came instead of a list of tables; undefined when that came. */
async function listTables(endpoint: string): Promise<string | undefined> {
  const client = createWireClient({ endpoint, timeoutMs: ANSWER_WITHIN_MS });
  try {
    const { status, body } = await client.send('DynamoDB_20120810.ListTables', '{}');
    if (status === 200 && body.includes('"TableNames"')) return undefined;
    return `an answer with status ${status} that lists no tables`;
  } catch (error) {
    return `no answer (${Object(error).message})`;
  } finally {
    client.close();
  }
}
