import { ApolloServer, type ApolloServerOptions, HeaderMap } from '@apollo/server';
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

/** Starts Apollo Server over the committed supergraph, planned by @apollo/gateway and executed by us, with the first plan made. */
export async function startApollo(options: ApolloOptions): Promise<Apollo> {
  const server = new ApolloServer<GatewayContext>(serverOptions(options));
  await server.start();
  const apollo: Apollo = {
    execute: (parameters, context) => execute(server, parameters, context),
    stop: () => server.stop(),
  };
  await warmUp(apollo);
  return apollo;
}

function serverOptions(options: ApolloOptions): ApolloServerOptions<GatewayContext> {
  const { introspection, log } = options;
  const hideSuggestions = !introspection;
  return {
    gateway: federate(options),
    introspection,
    // What NODE_ENV would decide is decided here, the same everywhere.
    nodeEnv: 'production',
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    csrfPrevention: true,
    parseOptions: { maxTokens: LIMITS.tokens },
    validationRules,
    ...{ validationOptions: { maxErrors: LIMITS.variableProblems, hideSuggestions } },
    stringifyResult: JSON.stringify,
    logger: createLogger(log),
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
  return createFederation({ supergraphSdl, subgraphs: new Map(asks), logger: createLogger(log) });
}

/** Apollo tells what it does; we log what goes wrong, without the text of errors, which may quote values. */
function createLogger(log: Log) {
  const tell = (level: 'warn' | 'error') => (text: unknown) =>
    log({ level, message: 'Apollo complains', text: String(text).split(':')[0] });
  return { debug() {}, info() {}, warn: tell('warn'), error: tell('error') };
}

/** Apollo reads the body alone: our own checks of method, media types and cross-site calls come first. */
const REQUEST_HEADERS = new HeaderMap([['content-type', 'application/json']]);

async function execute(
  server: ApolloServer<GatewayContext>,
  body: GraphQLParameters,
  context: GatewayContext,
): Promise<HttpResponse> {
  const response = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: 'POST', headers: REQUEST_HEADERS, search: '', body },
    context: async () => context,
  });
  if (response.body.kind === 'chunked' || !context.trace.isFinished) {
    throw new Error('Apollo Server gave up on the request.');
  }
  return {
    status: response.status ?? 200,
    headers: Object.fromEntries(response.headers),
    body: response.body.string,
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
