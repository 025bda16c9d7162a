import { randomBytes } from 'node:crypto';
import { isoTime } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import { createAppSyncApi, type RunningApi } from '#local/appsync/api.ts';
import type { DataSource } from '#local/appsync/dataSources/dataSource.ts';
import { createDynamoDbSource } from '#local/appsync/dataSources/dynamoDbSource.ts';
import { createLambdaSource } from '#local/appsync/dataSources/lambdaSource.ts';
import { createNoneSource } from '#local/appsync/dataSources/noneSource.ts';
import type { AppSyncApi, DataSourceDefinition } from '#local/appsync/definition.ts';
import { createEvaluateCode } from '#local/appsync/evaluateCode.ts';
import { withFaults } from '#local/appsync/faults.ts';
import { startAppSyncServer } from '#local/appsync/http/server.ts';
import { invokeAsRole } from '#local/appsync/roles/invokeAsRole.ts';
import { sendAsRole } from '#local/appsync/roles/sendAsRole.ts';
import { createSandbox, type SandboxHost } from '#local/appsync/sandbox/sandbox.ts';
import type { Cleanup } from '#local/cleanup.ts';
import { StartError } from '#local/startError.ts';
import { checkCode } from '#scripts/resolvers/checkCode.js';
import { iamArn, REGION } from './account.ts';
import type { CloudOptions } from './cloud.ts';
import type { AwsService } from './endpoint.ts';
import type { Caller, Callers } from './iam/callers.ts';
import { createSignatureVerifier } from './iam/signature.ts';
import type { LambdaFunctions } from './lambda/functions.ts';
import { planAppSyncApis } from './plan/appSyncApis.ts';
import type { Role } from './plan/roles.ts';
import { createSources } from './plan/sources.ts';
import type { Resource, ResourceName } from './template/template.ts';

export interface AppSyncStarting {
  readonly functions: LambdaFunctions;
  readonly callers: Callers;
  /** By their ARNs. */
  readonly roles: ReadonlyMap<string, Role>;
  readonly dynamoDb: AwsService;
  readonly options: CloudOptions;
  readonly cleanup: Cleanup;
}

/** The code of AppSync's resolvers, which is edited while they run. */
export interface ResolverCode {
  /** Has resolvers run their code as it is in its files now; running requests finish on the old. @throws CodeError or StartError, and then nothing changes */
  replaceResolvers(): void;
}

/** The AppSync APIs of the templates, each on a port of its own. */
export async function startAppSyncApis(
  resources: readonly Resource[],
  starting: AppSyncStarting,
): Promise<ResolverCode> {
  const { options, cleanup } = starting;
  const { stacks, portOf, heldPortOf, onLog } = options;
  const running: RunningApi[] = [];
  const sources = createSources();
  for (const { name, definition, codeFiles } of planAppSyncApis(resources, stacks)) {
    sources.add(codeFiles);
    const api = createApi(name, definition, { ...starting, findSource: sources.find });
    const server = await startAppSyncServer(api, {
      port: portOf(name),
      held: heldPortOf?.(name),
      otherwise: offerEvaluation(name, options),
      accessLog: (line) => onLog(logNameOf(name), line),
    });
    cleanup.add(server.close);
    running.push(api);
  }
  return {
    replaceResolvers() {
      const planned = planAppSyncApis(resources, stacks);
      for (const [index, { definition, codeFiles }] of planned.entries()) {
        sources.add(codeFiles);
        running[index]?.replace(definition);
      }
    },
  };
}

const logNameOf = ({ stack, id }: ResourceName): string => `${stack}-${id}`;

/** What AppSync would write to CloudWatch. */
function openLog(name: ResourceName, { onLog, clock = Date.now }: CloudOptions): Log {
  return (entry) => onLog(logNameOf(name), JSON.stringify({ time: isoTime(clock()), ...entry }));
}

function createApi(
  name: ResourceName,
  definition: AppSyncApi,
  starting: AppSyncStarting & Pick<SandboxHost, 'findSource'>,
): RunningApi {
  const { callers, options, findSource } = starting;
  const { clock = Date.now, faults } = options;
  const log = openLog(name, options);
  const verify = createSignatureVerifier({ callers, clock });
  const entries = Object.entries(definition.dataSources);
  const api = createAppSyncApi({
    api: definition,
    dataSources: Object.fromEntries(
      entries.map(([key, source]) => [key, createSource(source, starting)]),
    ),
    sandbox: createSandbox({ clock, randomBytes, log, findSource }),
    verifyIam: (request) => verify(request, 'appsync'),
    clock,
    log,
  });
  return faults?.appSync ? withFaults(api, faults.appSync) : api;
}

/** Whoever works on this laptop: `AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local`. */
const DEVELOPER: Caller = {
  principal: iamArn('iam', 'user/developer'),
  statements: [{ Effect: 'Allow', Action: 'appsync:EvaluateCode', Resource: '*' }],
  accessKeyId: 'local',
  secretAccessKey: 'local',
  sessionToken: '',
};

/** Evaluates code for its developers beside the API, where nothing of the API's is in reach. */
function offerEvaluation(name: ResourceName, options: CloudOptions) {
  const { clock = Date.now } = options;
  const find = (accessKeyId: string): Caller | undefined =>
    accessKeyId === DEVELOPER.accessKeyId ? DEVELOPER : undefined;
  const verify = createSignatureVerifier({ callers: { find }, clock });
  const log = openLog(name, options);
  return createEvaluateCode({
    verifyIam: (request) => verify(request, 'appsync'),
    sandbox: createSandbox({ clock, randomBytes, log }),
    check: checkCode,
  });
}

function createSource(source: DataSourceDefinition, starting: AppSyncStarting): DataSource {
  const { dynamoDb, functions } = starting;
  switch (source.type) {
    case 'NONE':
      return createNoneSource();
    case 'AMAZON_DYNAMODB': {
      const send = sendAsRole(dynamoDb, assume(source.roleArn, starting));
      return createDynamoDbSource({ send, tableName: source.tableName, region: REGION });
    }
    case 'AWS_LAMBDA': {
      const role = assume(source.roleArn, starting);
      return createLambdaSource({ invoke: invokeAsRole(functions, source.functionArn, role) });
    }
  }
}

/** AppSync takes on a data source's role under this name. */
const SESSION = 'APPSYNC_ASSUME_ROLE';

function assume(roleArn: string, { roles, callers }: AppSyncStarting): Caller {
  const role = roles.get(roleArn);
  if (!role) throw new StartError(`A data source has the role ${roleArn}, which isn't there.`);
  const principal = iamArn('sts', `assumed-role/${role.name}/${SESSION}`);
  const { statements } = role;
  return { principal, statements, ...callers.add({ principal, statements }) };
}
