import { ApolloServer, type ApolloServerOptions } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Log } from '#domain/log.ts';
import type { HttpResponse } from '#domain/viewer/httpMessage.ts';
import type { Subgraph } from '#domain/viewer/subgraphRequest.ts';
import { supergraphSdl } from '#schema/generated/sdl.ts';
import { answerKnown } from './answerKnown.ts';
import { createApolloLogger } from './apolloLogger.ts';
import { createAskSubgraph } from './askSubgraph.ts';
import type { GatewayContext } from './context.ts';
import { createFederation, type Federation } from './executor/federation.ts';
import { LIMITS } from './limits.ts';
import type { GraphQLParameters } from './parameters.ts';
import { createRequestPlugin } from './requestPlugin.ts';
import { disableApolloTelemetry } from './telemetry.ts';
import { validationRules } from './validationRules.ts';

export interface ApolloOptions {
  readonly subgraphs: { readonly auth: Subgraph; readonly memo: Subgraph };
  /** Whether the schema may be read and error messages may suggest names from it. */
  readonly introspection: boolean;
  readonly log: Log;
}

/** Runs GraphQL over the subgraphs. */
export interface Apollo {
  execute(parameters: GraphQLParameters, context: GatewayContext): Promise<HttpResponse>;
  stop(): Promise<void>;
}

/**
 * Starts Apollo Server over the committed supergraph, planned by @apollo/gateway and executed by us,
 * with the first plan made.
 */
export async function startApollo(options: ApolloOptions): Promise<Apollo> {
  const { introspection, log } = options;
  const federation = federate(options);
  const server = new ApolloServer<GatewayContext>(serverOptions(options, federation));
  await server.start();
  const apollo: Apollo = {
    execute: (parameters, context) => {
      const known = findKnown(federation, parameters);
      if (!known) return execute(server, parameters, context);
      const variables = parameters.variables ?? {};
      return answerKnown(known, variables, context, { hideSuggestions: !introspection, log });
    },
    stop: async () => {
      await server.stop();
      federation.stop();
    },
  };
  await warmUp(apollo);
  return apollo;
}

/** A persisted query is refused by Apollo Server, even if its text came along and is known. */
function findKnown(federation: Federation, parameters: GraphQLParameters) {
  const { query = '', operationName, extensions } = parameters;
  if (extensions && 'persistedQuery' in extensions) return undefined;
  return federation.find(query, operationName ?? undefined);
}

function serverOptions(
  options: ApolloOptions,
  { gateway }: Federation,
): ApolloServerOptions<GatewayContext> {
  const { introspection, log } = options;
  const hideSuggestions = !introspection;
  return {
    gateway,
    introspection,
    // What NODE_ENV would decide is decided here, the same everywhere.
    nodeEnv: 'production',
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    // It would count a document as text, of which its tokens are several times as much.
    documentStore: null,
    parseOptions: { maxTokens: LIMITS.tokens },
    validationRules,
    ...{ validationOptions: { maxErrors: LIMITS.variableProblems, hideSuggestions } },
    logger: createApolloLogger(log),
    plugins: [
      createRequestPlugin({ hideSuggestions, log }),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  };
}

function federate({ subgraphs, log }: ApolloOptions): Federation {
  disableApolloTelemetry();
  const asks = Object.entries(subgraphs).map(
    ([name, subgraph]) => [name, createAskSubgraph({ name, subgraph, log })] as const,
  );
  return createFederation({
    supergraphSdl,
    subgraphs: new Map(asks),
    logger: createApolloLogger(log),
  });
}

/** Has Apollo Server parse, validate and run a document that it hasn't run yet, or refuse it. */
async function execute(
  server: ApolloServer<GatewayContext>,
  { query, operationName, variables, extensions }: GraphQLParameters,
  contextValue: GatewayContext,
): Promise<HttpResponse> {
  const request = {
    ...(query !== undefined && { query }),
    ...(operationName != null && { operationName }),
    ...(variables && { variables: { ...variables } }),
    ...(extensions && { extensions: { ...extensions } }),
  };
  const { http, body } = await server.executeOperation(request, { contextValue });
  if (body.kind === 'incremental' || !contextValue.trace.isFinished) {
    throw new Error('Apollo Server gave up on the request.');
  }
  const { errors, data } = body.singleResult;
  return {
    status: http.status ?? 200,
    headers: Object.fromEntries(http.headers),
    body: JSON.stringify({ errors, data }),
  };
}

/** The planner's first plan takes long; this one asks both subgraphs for nothing. */
async function warmUp(apollo: Apollo): Promise<void> {
  const query =
    'query WarmUp($never: Boolean!) { memos @include(if: $never) { nodes { author { displayName } } } }';
  const context: GatewayContext = {
    requestId: 'warm-up',
    authorization: undefined,
    client: { sourceIp: '' },
    readOnly: true,
    mediaType: 'application/json',
    trace: {},
  };
  const { body } = await apollo.execute({ query, variables: { never: false } }, context);
  if (body !== '{"data":{}}') throw new Error(`Expected an empty answer at start-up, got ${body}`);
}
