import { createDynamoDb, type Table } from '#table/dynamoDb.ts';
import type { TestTable } from './engine.ts';
import { LOCAL_CREDENTIALS } from './localCredentials.ts';

/** The table by a client of the SDK that hears no first answer to a write, and sends it again. */
export function losingAnswers({ endpoint, tableName }: TestTable): Table {
  const dynamoDb = createDynamoDb({ endpoint, region: 'local', credentials: LOCAL_CREDENTIALS });
  const lost = new Set<object>();
  dynamoDb.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (sent) => {
        const answer = await next(sent);
        if (!/Put|Update|Delete/.test(commandName) || lost.has(sent.input)) return answer;
        lost.add(sent.input);
        throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', $metadata: {} });
      },
    { step: 'deserialize', priority: 'low' },
  );
  return { dynamoDb, tableName };
}
