import { fileURLToPath } from 'node:url';
import { setEnvironmentData } from 'node:worker_threads';
import { AwsError } from '#local/cloud/awsError.ts';
import type { Stack } from '#local/cloud/template/template.ts';
import type { Engine } from '#local/engine.ts';
import { holdPort } from '#local/heldPort.ts';
import { TABLE_NAMES } from '#local/tableNames.ts';
import { createDynamoDb } from '#table/dynamoDb.ts';
import { startTestCloud, type TestCloud } from '#tests/support/cloud.ts';
import { createTestIssuer } from '#tests/support/issuer.ts';
import { LOCAL_CREDENTIALS } from '#tests/support/localCredentials.ts';
import { changeStacks, readStacks } from '#tests/support/stacks.ts';
import type { Door, DoorKind, RunningDoor } from './door.ts';
import { createAppSyncClient, createFederatedClient, type GraphqlClient } from './graphqlClient.ts';
import { createTravelClock } from './travelClock.ts';
import { createWiretap, loseUser } from './wiretap.ts';

/** A door as it is deployed: every bundle, role and route of the templates. */
export function deployedDoor(name: string, kind: DoorKind = 'federated'): Door {
  return {
    name,
    kind,
    async start() {
      const { doors, stop } = await openDeployed();
      return { ...doors[kind], stop };
    },
  };
}

/** Both doors of one deployment, over the same tables. */
export interface DeployedDoors {
  readonly doors: Readonly<Record<DoorKind, Omit<RunningDoor, 'stop'>>>;
  stop(): Promise<void>;
}

/** @param engine one to use and not to end; one in memory when left out */
export async function openDeployed(engine?: Engine): Promise<DeployedDoors> {
  const aheadMs = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  setEnvironmentData('aheadMs', aheadMs);
  const clock = createTravelClock(new Float64Array(aheadMs));
  const auth = await holdPort({ port: 0, host: '127.0.0.1' });
  const issuer = await createTestIssuer(clock.now, auth.url);
  const tap = createWiretap();
  const cloud = await startTestCloud({
    stacks: changeStage(await readStacks()),
    held: { auth },
    privateKey: issuer.privateKey,
    faults: { beforeForward: (operation) => fail(tap.hear(operation)) },
    engine,
    clock: clock.now,
  });
  const dynamoDb = createDynamoDb({
    endpoint: cloud.engine,
    region: 'local',
    credentials: LOCAL_CREDENTIALS,
  });
  const clients = openClients(cloud);
  const open = ({ url, client }: OpenClient) => ({
    ...{ url, issuer, execute: client.execute, send: client.send },
    ...{ later: clock.later, countCalls: tap.countCalls, failing: tap.failing },
    loseUser: (userId: string) => loseUser(dynamoDb, TABLE_NAMES.auth, userId),
  });
  return {
    doors: { federated: open(clients.federated), appsync: open(clients.appsync) },
    async stop() {
      await Promise.all(Object.values(clients).map(({ client }) => client.close()));
      dynamoDb.destroy();
      await cloud.stop();
    },
  };
}

interface OpenClient {
  readonly url: string;
  readonly client: GraphqlClient;
}

function openClients({ gatewayUrl, outputs }: TestCloud): Readonly<Record<DoorKind, OpenClient>> {
  const url = `${gatewayUrl}/graphql`;
  const told = Object.assign({}, ...Object.values(outputs)) as Readonly<Record<string, unknown>>;
  const appsyncUrl = String(told.AppSyncUrl);
  const client = createAppSyncClient(appsyncUrl, String(told.AppSyncApiKey));
  return {
    federated: { url, client: createFederatedClient(url) },
    appsync: { url: appsyncUrl, client },
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
    if (Properties.IntrospectionConfig) Properties.IntrospectionConfig = 'DISABLED';
    // What follows the stream would be counted as calls of a request; tests/live has it.
    if (Type === 'AWS::Lambda::EventSourceMapping') Properties.Enabled = false;
    if (Type !== 'AWS::Lambda::Function') return;
    const { Variables } = Properties.Environment;
    const known = Object.entries(variables).filter(([name]) => Variables[name] !== undefined);
    Object.assign(Variables, Object.fromEntries(known), { NODE_OPTIONS: `--require ${travel}` });
  });
}

function fail(cause: string | undefined): undefined {
  if (cause !== undefined) throw new AwsError('ValidationException', cause);
}
