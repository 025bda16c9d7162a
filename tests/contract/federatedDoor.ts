import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { THROTTLE_POLICIES } from '#domain/auth/throttle.ts';
import { createTable } from '#local/createTable.ts';
import { startEngine } from '#local/engine.ts';
import { composeMemopad } from '#one-process/compose.ts';
import type { SubgraphLink } from '#one-process/connectSubgraphs.ts';
import { listen } from '#one-process/nodeServer.ts';
import { createDynamoDb } from '#table/dynamoDb.ts';
import { AUTH_TABLE, LIVE_TABLE, MEMO_TABLE } from '#table/tables.ts';
import { CHEAP } from '#tests/domain/auth/useAuth.ts';
import { createTestIssuer } from '#tests/support/issuer.ts';
import { LOCAL_CREDENTIALS } from '#tests/support/localCredentials.ts';
import type { Door, RunningDoor } from './door.ts';
import { createFederatedClient } from './graphqlClient.ts';
import { createTravelClock } from './travelClock.ts';
import { loseUser, tapClient } from './wiretap.ts';

export interface FederatedDoorOptions {
  readonly name: string;
  readonly subgraphs: SubgraphLink;
}

export const TABLES = { auth: 'auth', memo: 'memo', live: 'live' };
/** The suite signs up more people from one address than a person does; guesses at one account stay limited. */
export const MANY = { freeAttempts: 10_000, delaysSeconds: [1], forgetAfterSeconds: 3600 };
const THROTTLE = { ...THROTTLE_POLICIES, passwordBySource: MANY, signUpBySource: MANY };

/** The gateway and both services in this process, as they are deployed: introspection is off. */
export function federatedDoor({ name, subgraphs }: FederatedDoorOptions): Door {
  return { name, kind: 'federated', start: () => start(subgraphs) };
}

async function start(subgraphs: SubgraphLink): Promise<RunningDoor> {
  const clock = createTravelClock();
  const [engine, issuer] = await Promise.all([startEngine(), createTestIssuer(clock.now)]);
  const { endpoint } = engine;
  const dynamoDb = createDynamoDb({ endpoint, region: 'local', credentials: LOCAL_CREDENTIALS });
  const tap = tapClient(dynamoDb);
  await createTables(dynamoDb);
  const memopad = await composeMemopad({
    dynamoDb,
    tableNames: TABLES,
    issuer: issuer.url,
    signingKey: issuer.signingKey,
    subgraphs,
    introspection: false,
    throttle: THROTTLE,
    // In a test process with a large heap a hash's memory costs ten times the hash; the deployed door has the real one.
    passwordCost: CHEAP,
    clock: clock.now,
    log: () => {},
  });
  const server = await listen(memopad.gateway, { port: 0, host: '127.0.0.1' });
  const url = `${server.url}/graphql`;
  const client = createFederatedClient(url);
  return {
    ...{ url, issuer, execute: client.execute, send: client.send },
    ...{ later: clock.later, countCalls: tap.countCalls, failing: tap.failing },
    loseUser: (userId) => loseUser(dynamoDb, TABLES.auth, userId),
    async stop() {
      await client.close();
      await server.close();
      await memopad.stop();
      dynamoDb.destroy();
      await engine.stop();
    },
  };
}

export async function createTables(dynamoDb: DynamoDBClient): Promise<void> {
  await createTable(dynamoDb, TABLES.auth, AUTH_TABLE);
  await createTable(dynamoDb, TABLES.memo, MEMO_TABLE);
  await createTable(dynamoDb, TABLES.live, LIVE_TABLE);
}
