import type { KeyObject } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { HttpHandler } from '#domain/viewer/httpMessage.ts';
import { type Cleanup, createCleanup } from '#local/cleanup.ts';
import type { HeldPort } from '#local/heldPort.ts';
import { keepSwept } from '#local/sweeping.ts';
import { HOST } from './account.ts';
import { startEndpoint } from './endpoint.ts';
import { openEvents } from './events/openEvents.ts';
import type { CloudFaults } from './faults.ts';
import { createCallers } from './iam/callers.ts';
import { withCrashes } from './lambda/faults.ts';
import { createFunctionCode, type FunctionCode } from './lambda/functionCode.ts';
import { createFunctions } from './lambda/functions.ts';
import { createInvokeApi } from './lambda/invokeApi.ts';
import { openKeys } from './openKeys.ts';
import { openTables } from './openTables.ts';
import { planFunctions } from './plan/functions.ts';
import { planRoles } from './plan/roles.ts';
import { startApis } from './startApis.ts';
import { type ResolverCode, startAppSyncApis } from './startAppSync.ts';
import { checkResource, checkTemplate } from './template/known.ts';
import { type ResolvedStack, resolveStacks } from './template/resolve.ts';
import type { ResourceName, Stack } from './template/template.ts';
import { createSlowness, type Timing } from './timing.ts';
import type { Limits } from './webSocketApi/limits.ts';

export interface CloudOptions {
  /** In the order they deploy. */
  readonly stacks: readonly Stack[];
  /** A DynamoDB-compatible engine's URL. */
  readonly engine: string;
  /** Physical names other than `<stack>-<logical id>`, by `<stack>/<logical id>`. */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /** The loopback port of an HTTP or WebSocket API. */
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
  readonly faults?: CloudFaults | undefined;
  /** How long what takes no time here takes: AWS_TIMING. */
  readonly timing?: Timing | undefined;
  /** Of WebSocket APIs, instead of AWS's: for tests. */
  readonly limits?: Partial<Limits> | undefined;
  readonly clock?: Clock | undefined;
}

export interface RunningCloud extends FunctionCode, ResolverCode {
  /** What each stack tells: `outputs['MemopadAuth-dev'].Issuer`. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** What functions call AWS at: asks for a signature. */
  readonly endpoint: string;
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
  const { log, onLog, clock, faults, timing } = options;
  const { engine, eventsFolder: folder } = options;
  const slow = timing && createSlowness(timing);
  const callers = createCallers();
  const roles = planRoles(resources);
  const events = openEvents(resources, {
    roles,
    engine,
    folder,
    log,
    faults: faults?.stream,
    slowReader: slow?.reader,
    clock,
  });
  const tables = await openTables(resources, { ...options, onWrite: events.onWrite });
  cleanup.add(tables.close);
  // Later: loads the SDK, and nobody waits for it.
  cleanup.add(keepSwept({ sweep: tables.sweep, log, afterMs: FIRST_SWEEP_AFTER_MS }));
  const keys = await openKeys(resources, options.privateKeyOf);
  const near = [tables.service, keys, events.service];
  const services = slow ? near.map(slow.service) : near;
  const endpoint = await startEndpoint({ port: 0, callers, services, log, clock });
  cleanup.add(endpoint.close);
  const definitions = planFunctions(resources, {
    stacks: options.stacks,
    roles,
    callers,
    endpointUrl: endpoint.url,
  });
  const all = createFunctions(definitions, { log, onLog, clock });
  cleanup.add(all.stop);
  const mortal = faults?.lambda ? withCrashes(all, faults.lambda) : all;
  const functions = slow ? slow.functions(mortal) : mortal;
  // The endpoint looks through this list at every request: functions, which had to know its address, join it.
  services.push(createInvokeApi(functions));
  // The functions are there, and nobody has written yet.
  const mappings = await events.start(functions);
  cleanup.add(mappings.stop);
  const socketFaults = slow ? slow.socket(faults?.socket ?? {}) : faults?.socket;
  await startApis(resources, { functions, callers, socketFaults, options, cleanup });
  const [dynamoDb = tables.service] = services;
  const appSync = { functions, callers, roles, dynamoDb, options, cleanup };
  const resolvers = await startAppSyncApis(resources, appSync);
  return {
    outputs: Object.fromEntries(stacks.map(({ name, outputs }) => [name, outputs])),
    endpoint: endpoint.url,
    ...createFunctionCode(definitions, all),
    ...resolvers,
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
