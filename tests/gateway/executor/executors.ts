import { ApolloGateway, type GatewayConfig } from '@apollo/gateway';
import { type GraphQLSchema, getOperationAST, parse, validate } from 'graphql';
import type { SubgraphRequest, SubgraphResponse } from '#domain/viewer/subgraphRequest.ts';
import type { GatewayContext } from '#gateway/context.ts';
import { createFederation, MISSING } from '#gateway/executor/federation.ts';
import type { SubgraphQuestion } from '#gateway/executor/run.ts';

/** What an executor made of an operation, without what no caller sees. */
export interface Result {
  readonly data: unknown;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  readonly missing: readonly string[];
}

export interface Sent {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

export interface Executor {
  execute(sent: Sent): Promise<Result>;
  /** The schema that callers see. */
  readonly schema: GraphQLSchema;
  /** What is wrong with a document, as Apollo Server would find. */
  validate(query: string): readonly Error[];
  stop(): Promise<void>;
}

export interface ExecutorOptions {
  readonly supergraphSdl: string;
  /** Answers each subgraph's questions, by its name. */
  readonly answer: (subgraph: string, question: SubgraphQuestion) => Promise<SubgraphResponse>;
}

const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** Ours: planned by @apollo/gateway, executed in gateway/executor. */
export async function startOurs({ supergraphSdl, answer }: ExecutorOptions): Promise<Executor> {
  const names = [...supergraphSdl.matchAll(/@join__graph\(name: "(\w+)"/g)].map(([, name]) => name);
  const subgraphs = new Map(
    names.map((name = '') => [name, (question: SubgraphQuestion) => answer(name, question)]),
  );
  const { gateway } = createFederation({ supergraphSdl, subgraphs, logger });
  return toExecutor(gateway as unknown as ApolloGateway);
}

/** Apollo's own, from plan to response; in tests alone. */
export async function startApollos({ supergraphSdl, answer }: ExecutorOptions): Promise<Executor> {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true';
  const buildService: GatewayConfig['buildService'] = ({ name }) => ({
    process: async ({ request }) =>
      (await answer(name, request as SubgraphRequest)) as { data: Record<string, unknown> },
  });
  return toExecutor(new ApolloGateway({ supergraphSdl, buildService, logger }));
}

async function toExecutor(gateway: ApolloGateway): Promise<Executor> {
  let schema: GraphQLSchema | undefined;
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    schema = apiSchema;
  });
  const { executor } = await gateway.load({ apollo: {} } as Parameters<ApolloGateway['load']>[0]);
  if (!schema) throw new Error('Expected a schema.');
  const known = schema;
  const context = { requestId: 'test', client: { sourceIp: '' } } as GatewayContext;
  return {
    execute: async ({ query, variables, operationName }) => {
      const document = parse(query);
      const request = {
        ...{ source: query, queryHash: query, document, schema, context, logger },
        operation: getOperationAST(document, operationName),
        request: { query, variables, operationName },
        metrics: {},
      };
      return readResult(await executor(request as never));
    },
    schema: known,
    validate: (query) => validate(known, parse(query)),
    stop: async () => gateway.stop(),
  };
}

type RawResult = Awaited<ReturnType<ApolloGateway['executor']>>;
type Path = readonly (string | number)[];

function readResult({ data, errors = [], extensions = {} }: RawResult): Result {
  const completed = (extensions.valueCompletion ?? []) as { path?: Path }[];
  const missing = (extensions[MISSING] ?? completed.map(({ path = [] }) => path)) as Path[];
  return {
    // As the caller sees it: without prototypes.
    data: data === undefined ? undefined : JSON.parse(JSON.stringify(data)),
    errors: errors.map(({ message, path }) => ({ message, path: printPath(path) })).sort(byPath),
    // Beside errors it is taken for their consequence.
    missing: errors.length > 0 ? [] : missing.map((path) => path.join('.')).sort(),
  };
}

/** Apollo's paths end in marks of its own when an error is about no single entity. */
function printPath(path: Path | undefined): string {
  const end = path?.findIndex((key) => key === '@' || key === '_entities') ?? -1;
  return (end < 0 ? path : path?.slice(0, end))?.join('.') ?? 'none';
}

function byPath(one: Result['errors'][number], other: Result['errors'][number]): number {
  return one.path.localeCompare(other.path) || one.message.localeCompare(other.message);
}
