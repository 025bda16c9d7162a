import { fileURLToPath } from 'node:url';
import { setEnvironmentData } from 'node:worker_threads';
import { AwsError } from '#local/cloud/awsError.ts';
import type { Stack } from '#local/cloud/template/template.ts';
import { freePort } from '#local/ports.ts';
import { TABLE_NAMES } from '#local/tableNames.ts';
import { createDynamoDb } from '#table/dynamoDb.ts';
import { startTestCloud } from '#tests/support/cloud.ts';
import { createTestIssuer } from '#tests/support/issuer.ts';
import { LOCAL_CREDENTIALS } from '#tests/support/localCredentials.ts';
import { changeStacks, readStacks } from '#tests/support/stacks.ts';
import type { Door, RunningDoor } from './door.ts';
import { createFederatedClient } from './graphqlClient.ts';
import { createTravelClock } from './travelClock.ts';
import { createWiretap, loseUser } from './wiretap.ts';

/** The federated door as it is deployed: every bundle, role and route of the templates. */
export function deployedDoor(name: string): Door {
  return { name, kind: 'federated', start };
}

async function start(): Promise<RunningDoor> {
  const aheadMs = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  setEnvironmentData('aheadMs', aheadMs);
  const clock = createTravelClock(new Float64Array(aheadMs));
  const ports = { gateway: await freePort(), auth: await freePort() };
  const issuer = await createTestIssuer(clock.now, `http://127.0.0.1:${ports.auth}`);
  const tap = createWiretap();
  const cloud = await startTestCloud({
    stacks: changeStage(await readStacks()),
    ports,
    privateKey: issuer.privateKey,
    faults: { beforeForward: (operation) => fail(tap.hear(operation)) },
    clock: clock.now,
  });
  const dynamoDb = createDynamoDb({
    endpoint: cloud.engine,
    region: 'local',
    credentials: LOCAL_CREDENTIALS,
  });
  const url = `${cloud.gatewayUrl}/graphql`;
  const client = createFederatedClient(url);
  return {
    ...{ url, issuer, execute: client.execute, send: client.send },
    ...{ later: clock.later, countCalls: tap.countCalls, failing: tap.failing },
    loseUser: (userId) => loseUser(dynamoDb, TABLE_NAMES.auth, userId),
    async stop() {
      await client.close();
      dynamoDb.destroy();
      await cloud.stop();
    },
  };
}

/** What the suite calls from: pages of other sites must not read its answers. */
const OUR_SITE = 'https://memopad.example';

/** A stage for the suite: nobody reads the schema, as in prod; it signs up more people from one address than a person does, and travels in time. */
function changeStage(stacks: readonly Stack[]): Stack[] {
  const travel = fileURLToPath(new URL('travelInWorkers.cjs', import.meta.url));
  const variables = {
    INTROSPECTION: 'off',
    ALLOWED_ORIGINS: OUR_SITE,
    SIGN_UPS_PER_HOUR: '10000',
    WRONG_PASSWORDS_PER_HOUR: '10000',
  };
  return changeStacks(stacks, '', ({ Type, Properties }) => {
    if (Properties.CorsConfiguration) Properties.CorsConfiguration.AllowOrigins = [OUR_SITE];
    // What follows the stream would be counted as calls of a request; tests/live has it.
    if (Type === 'AWS::Lambda::EventSourceMapping') Properties.Enabled = false;
    if (Type !== 'AWS::Lambda::Function') return;
    const { Variables } = Properties.Environment;
    for (const [name, value] of Object.entries(variables)) {
      if (Variables[name] !== undefined) Variables[name] = value;
    }
    Variables.NODE_OPTIONS = `--require ${travel}`;
  });
}

function fail(cause: string | undefined): undefined {
  if (cause !== undefined) throw new AwsError('ValidationException', cause);
}
