import { type GraphQLResolveInfo, responsePathAsArray } from 'graphql';
import type { AuthMode } from '#local/appsync/definition.ts';
import type { HandlerError, Outcome } from '#local/appsync/sandbox/outcome.ts';
import type { Handlers } from '#local/appsync/sandbox/sandbox.ts';
import { callSource } from './callSource.ts';
import { FieldError, notAuthorized, type Origin, type SourceFailure } from './fieldError.ts';
import { locate } from './problems.ts';
import type { Resolver, Step } from './resolver.ts';
import type { Run } from './run.ts';
import { select } from './select.ts';
import { describeSelection } from './selection.ts';

/** A field that has a resolver, about to be resolved. */
export interface Field {
  readonly source: unknown;
  readonly args: Readonly<Record<string, unknown>>;
  readonly info: GraphQLResolveInfo;
  readonly run: Run;
  readonly environment: Readonly<Record<string, string>>;
}

/** What `util.authType()` says. */
const AUTH_TYPES: Readonly<Record<AuthMode['type'], string>> = {
  OPENID_CONNECT: 'Open ID Connect Authorization',
  API_KEY: 'API Key Authorization',
  AWS_IAM: 'IAM Authorization',
};

/**
 * Resolves a field as AppSync does: a request handler, a data source, a response handler; in a
 * pipeline one such step after the other between a request and a response of its own.
 * https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-overview-js.html
 */
export async function resolveField(resolver: Resolver, field: Field): Promise<unknown> {
  field.run.countResolver();
  const state = createState(field);
  if (resolver.kind === 'UNIT') return (await runStep(resolver.step, state)).value;
  const { around, steps } = resolver;
  const before = call(around, 'request', state);
  state.context.prev = { result: before.value };
  if (!before.early) await runSteps(steps, state);
  state.context.result = state.context.prev.result;
  return call(around, 'response', state).value;
}

interface State {
  readonly field: Field;
  /** What handlers see as `ctx`. */
  readonly context: Context;
}

interface Context {
  arguments: unknown;
  stash: unknown;
  prev: { result: unknown } | null;
  result: unknown;
  error?: { readonly message: string; readonly type: string };
  readonly source: unknown;
  readonly identity: unknown;
  readonly request: unknown;
  readonly info: unknown;
  readonly env: unknown;
}

function createState(field: Field): State {
  const { source, args, info, run, environment } = field;
  const context: Context = {
    arguments: args,
    stash: {},
    prev: null,
    result: null,
    source: source ?? null,
    identity: run.caller.identity,
    request: { headers: run.facts.headers, domainName: null },
    info: {
      fieldName: info.fieldName,
      parentTypeName: info.parentType.name,
      variables: info.variableValues,
      ...describeSelection(info.fieldNodes, info),
    },
    env: environment,
  };
  return { field, context };
}

interface Done {
  readonly value: unknown;
  /** Where an earlyReturn leads, if there was one. */
  readonly early?: 'NEXT' | 'END';
}

async function runSteps(steps: readonly Step[], state: State): Promise<void> {
  for (const step of steps) {
    const done = await runStep(step, state);
    state.context.prev = { result: done.value };
    if (done.early === 'END') return;
  }
}

async function runStep(step: Step, state: State): Promise<Done> {
  const { context, field } = state;
  context.result = null;
  delete context.error;
  if (!step.handlers) return runDirectly(step, state);
  const asked = call(step.handlers, 'request', state, step);
  if (asked.early) return asked;
  const { result, error } = await callSource(step, asked.value, field.run);
  context.result = result ?? null;
  if (error) context.error = error;
  return call(step.handlers, 'response', state, step);
}

/** A direct Lambda resolver gets the context itself. https://docs.aws.amazon.com/appsync/latest/devguide/direct-lambda-reference.html */
async function runDirectly(step: Step, { context, field }: State): Promise<Done> {
  const operation = step.maxBatchSize > 0 ? 'BatchInvoke' : 'Invoke';
  const request = { operation, payload: context };
  const { result, error } = await callSource(step, request, field.run);
  if (!error) return { value: result ?? null };
  const { message, type } = error;
  const cause = { dataSource: step.dataSource, type, message };
  throw new FieldError({ message, errorType: type }, { handler: 'response', cause });
}

function call(handlers: Handlers, name: HandlerName, state: State, step?: Step): Done {
  const { context, field } = state;
  const { run, info } = field;
  const outcome = handlers.run(name, context, AUTH_TYPES[run.caller.mode]);
  context.stash = outcome.stash;
  context.arguments = outcome.arguments;
  keepBesides(outcome, field);
  if (outcome.error) throw fieldError(outcome.error, originOf(name, state, step), info);
  if (outcome.early) return { value: outcome.early.value ?? null, early: outcome.early.skipTo };
  return { value: outcome.value ?? null };
}

type HandlerName = 'request' | 'response';

function fieldError(error: HandlerError, origin: Origin, info: GraphQLResolveInfo): FieldError {
  const { data, kind, position, source, ...problem } = error;
  if (kind === 'unauthorized') {
    return notAuthorized(info.parentType.name, info.fieldName, origin);
  }
  return new FieldError({ ...problem, data: select(data, info) }, { ...origin, position, source });
}

function originOf(handler: HandlerName, { context }: State, step: Step | undefined): Origin {
  const { error } = context;
  const cause: SourceFailure | undefined = step &&
    error && { dataSource: step.dataSource, type: error.type, message: error.message };
  return { function: step?.name, handler, cause };
}

function keepBesides({ outErrors, extensions, headers }: Outcome, { run, info }: Field): void {
  const path = responsePathAsArray(info.path);
  for (const problem of outErrors) {
    const data = select(problem.data, info);
    run.appended.push({ ...problem, data, path, locations: locate(info.fieldNodes) });
  }
  run.extensions.push(...extensions);
  Object.assign(run.headers, headers);
}
