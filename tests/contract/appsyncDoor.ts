import { randomBytes } from 'node:crypto';
import { THROTTLE_POLICIES } from '#domain/auth/throttle.ts';
import { ACCESS_TOKEN_AUDIENCE } from '#domain/viewer/accessClaims.ts';
import { createAppSyncApi } from '#local/appsync/api.ts';
import type { Send } from '#local/appsync/dataSources/dynamoDb/send.ts';
import type { AppSyncApi } from '#local/appsync/definition.ts';
import { startAppSyncServer } from '#local/appsync/http/server.ts';
import { createSandbox } from '#local/appsync/sandbox/sandbox.ts';
import { createWireClient } from '#local/cloud/dynamodb/wireClient.ts';
import { startEngine } from '#local/engine.ts';
import { createAuthService } from '#subgraphs/auth/server.ts';
import { createDynamoDb } from '#table/dynamoDb.ts';
import { CHEAP } from '#tests/domain/auth/useAuth.ts';
import {
  API_KEY,
  defineTestApi,
  makeTestSources,
  sendAsAnybody,
} from '#tests/support/appsyncParts.ts';
import { createTestIssuer } from '#tests/support/issuer.ts';
import { LOCAL_CREDENTIALS } from '#tests/support/localCredentials.ts';
import type { Door, RunningDoor } from './door.ts';
import { createTables, MANY, TABLES } from './federatedDoor.ts';
import { createAppSyncClient } from './graphqlClient.ts';
import { createTravelClock } from './travelClock.ts';
import { loseUser, tapClient, type Wiretap } from './wiretap.ts';

/** The AppSync door in this process: its resolvers in the local runtime, and the auth service beside it. */
export function appsyncDoor(name: string): Door {
  return { name, kind: 'appsync', start };
}

async function start(): Promise<RunningDoor> {
  const clock = createTravelClock();
  const [engine, issuer] = await Promise.all([startEngine(), createTestIssuer(clock.now)]);
  const { endpoint } = engine;
  const dynamoDb = createDynamoDb({ endpoint, region: 'local', credentials: LOCAL_CREDENTIALS });
  const tap = tapClient(dynamoDb);
  await createTables(dynamoDb);
  const log = () => {};
  const auth = createAuthService({
    table: { dynamoDb, tableName: TABLES.auth },
    issuer: issuer.url,
    signingKey: issuer.signingKey,
    verify: issuer.verify,
    throttle: { ...THROTTLE_POLICIES, passwordBySource: MANY, signUpBySource: MANY },
    passwordCost: CHEAP,
    clock: clock.now,
    log,
  });
  const wire = createWireClient({ endpoint });
  const api = createAppSyncApi({
    api: await defineDeployed(issuer.url),
    dataSources: makeTestSources(TABLES, tapped(sendAsAnybody(wire), tap), auth.subgraph),
    sandbox: createSandbox({ clock: clock.now, randomBytes, log }),
    verifyIam: () => ({ principal: '', statements: [] }),
    loadKeys: async () => ({ keys: [...issuer.signingKey.published] }),
    clock: clock.now,
    log,
  });
  const server = await startAppSyncServer(api, { port: 0 });
  const client = createAppSyncClient(server.url, API_KEY);
  return {
    ...{ url: server.url, issuer, execute: client.execute, send: client.send },
    ...{ later: clock.later, countCalls: tap.countCalls, failing: tap.failing },
    loseUser: (userId) => loseUser(dynamoDb, TABLES.auth, userId),
    async stop() {
      await client.close();
      await server.close();
      wire.close();
      dynamoDb.destroy();
      await engine.stop();
    },
  };
}

/** See infra/appSyncStack.ts; introspection is off as in prod. */
async function defineDeployed(issuer: string): Promise<AppSyncApi> {
  return {
    ...(await defineTestApi(issuer, TABLES)),
    authModes: [
      { type: 'OPENID_CONNECT', issuer, clientId: ACCESS_TOKEN_AUDIENCE },
      { type: 'API_KEY' },
      { type: 'AWS_IAM' },
    ],
    queryDepthLimit: 10,
    resolverCountLimit: 5000,
    introspection: false,
    environment: { MEMO_TABLE: TABLES.memo, LIVE_TABLE: TABLES.live },
  };
}

function tapped(send: Send, tap: Wiretap): Send {
  return async (operation, input) => {
    const cause = tap.hear(operation);
    if (cause !== undefined) throw new Error(cause);
    return send(operation, input);
  };
}
