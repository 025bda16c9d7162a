import type { KeyObject } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { HttpHandler } from '#domain/viewer/httpMessage.ts';
import { type Cleanup, createCleanup } from '#local/cleanup.ts';
import type { HeldPort } from '#local/heldPort.ts';
import { keepSwept } from '#local/sweeping.ts';
import { HOST } from './account.ts';
import type { Faults } from './dynamodb/faults.ts';
import { startEndpoint } from './endpoint.ts';
import { openEvents } from './events/openEvents.ts';
import { startHttpApi } from './httpApi/server.ts';
import { createCallers } from './iam/callers.ts';
import { createFunctions, type LambdaFunctions } from './lambda/functions.ts';
import { createInvokeApi } from './lambda/invokeApi.ts';
import { openKeys } from './openKeys.ts';
import { openTables } from './openTables.ts';
import { planFunctions } from './plan/functions.ts';
import { type PlannedHttpApi, planHttpApis } from './plan/httpApis.ts';
import { planRoles } from './plan/roles.ts';
import { checkResource, checkTemplate } from './template/known.ts';
import { type ResolvedStack, resolveStacks } from './template/resolve.ts';
import type { ResourceName, Stack } from './template/template.ts';

export interface CloudOptions {
  /** In the order they deploy. */
  readonly stacks: readonly Stack[];
  /** A DynamoDB-compatible engine's URL. */
  readonly engine: string;
  /** Physical names other than `<stack>-<logical id>`, by `<stack>/<logical id>`. */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /** The loopback port of an HTTP API. */
  portOf(api: ResourceName): number;
  /** That port, if somebody holds it until there is a server. */
  heldPortOf?(api: ResourceName): HeldPort | undefined;
  /** The private half of a KMS key: RSA, 2048 bits. */
  privateKeyOf(key: ResourceName): Promise<KeyObject>;
  /** Answers what an HTTP API has no route for: a laptop's own pages. */
  extraOf?(api: ResourceName): HttpHandler | undefined;
  /** Where queues and the places in streams are kept; in memory when left out. */
  readonly eventsFolder?: string | undefined;
  readonly log: Log;
  /** Gets every line a function or an HTTP API writes, by its name. */
  readonly onLog: (name: string, line: string) => void;
  readonly faults?: Faults | undefined;
  readonly clock?: Clock | undefined;
}

export interface RunningCloud {
  /** What each stack tells: `outputs['MemopadAuth-dev'].Issuer`. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** What functions call AWS at: asks for a signature. */
  readonly endpoint: string;
  /** Has every function run its code as it is now. Running invocations finish on the old. */
  replaceCode(): Promise<void>;
  stop(): Promise<void>;
}

const FIRST_SWEEP_AFTER_MS = 10_000;

/** Runs the templates on this machine. @throws StartError naming what of them can't be run */
export async function startCloud(options: CloudOptions): Promise<RunningCloud> {
  const cleanup = createCleanup();
  try {
    return await start(options, cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function start(options: CloudOptions, cleanup: Cleanup): Promise<RunningCloud> {
  const stacks = resolve(options);
  const resources = stacks.flatMap((stack) => stack.resources);
  const { log, onLog, clock } = options;
  const { engine, eventsFolder: folder } = options;
  const callers = createCallers();
  const roles = planRoles(resources);
  const events = openEvents(resources, { roles, engine, folder, log, clock });
  const tables = await openTables(resources, { ...options, onWrite: events.onWrite });
  cleanup.add(tables.close);
  // Later: loads the SDK, and nobody waits for it.
  cleanup.add(keepSwept({ sweep: tables.sweep, log, afterMs: FIRST_SWEEP_AFTER_MS }));
  const keys = await openKeys(resources, options.privateKeyOf);
  const services = [tables.service, keys, events.service];
  const endpoint = await startEndpoint({ port: 0, callers, services, log, clock });
  cleanup.add(endpoint.close);
  const definitions = planFunctions(resources, {
    stacks: options.stacks,
    roles,
    callers,
    endpointUrl: endpoint.url,
  });
  const functions = createFunctions(definitions, { log, onLog, clock });
  cleanup.add(functions.stop);
  // The endpoint looks through this list at every request: functions, which had to know its address, join it.
  services.push(createInvokeApi(functions));
  // The functions are there, and nobody has written yet.
  const mappings = await events.start(functions);
  cleanup.add(mappings.stop);
  await startHttpApis(planHttpApis(resources), { functions, options, cleanup });
  return {
    outputs: Object.fromEntries(stacks.map(({ name, outputs }) => [name, outputs])),
    endpoint: endpoint.url,
    replaceCode: () => functions.replace(definitions),
    stop: () => cleanup.run(),
  };
}

/** What the templates say, with values instead of functions. @throws StartError for anything in them that isn't known */
function resolve({ stacks, names, portOf }: CloudOptions): ResolvedStack[] {
  stacks.forEach(checkTemplate);
  const resolved = resolveStacks(stacks, {
    names,
    urlOf: (api) => `http://${HOST}:${portOf(api)}`,
  });
  for (const { resources } of resolved) resources.forEach(checkResource);
  return resolved;
}

interface Starting {
  readonly functions: LambdaFunctions;
  readonly options: CloudOptions;
  readonly cleanup: Cleanup;
}

async function startHttpApis(
  apis: readonly PlannedHttpApi[],
  { functions, options, cleanup }: Starting,
): Promise<void> {
  const { portOf, heldPortOf, extraOf, onLog, clock } = options;
  for (const { name, definition } of apis) {
    const api = await startHttpApi(definition, {
      port: portOf(name),
      held: heldPortOf?.(name),
      invoke: (functionArn, event) => functions.invoke(functionArn, event),
      accessLog: (line) => onLog(`${name.stack}-${name.id}`, line),
      extra: extraOf?.(name),
      refusesForeignPages: true,
      clock,
    });
    cleanup.add(api.close);
  }
}
