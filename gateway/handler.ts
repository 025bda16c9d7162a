import { serveHttpApi } from '#aws/httpApi.ts';
import { lambdaSubgraph } from '#aws/lambdaSubgraph.ts';
import { logLine } from '#aws/logLine.ts';
import { publishedKeys } from '#aws/publishedKeys.ts';
import { createSignedClient } from '#aws/signedClient.ts';
import { createVerifier } from '#domain/viewer/accessToken.ts';
import { remoteKeys } from '#domain/viewer/remoteKeys.ts';
import { checkSubgraphs } from './checkSubgraphs.ts';
import { config } from './config.ts';
import { createGateway } from './server.ts';

/** A second more than a subgraph's function has, so that Lambda says what became of it. */
const SUBGRAPH_TIMEOUT_MS = 11_000;

const { region, credentials, traceId, issuer, jwksUrl, introspection, allowedOrigins } = config;
const clock = Date.now;
const client = createSignedClient({
  service: 'lambda',
  region,
  endpoint: config.lambdaEndpoint,
  credentials,
  timeoutMs: SUBGRAPH_TIMEOUT_MS,
  traceId,
});
const subgraph = (functionName: string) => lambdaSubgraph({ client, functionName });

const subgraphs = { auth: subgraph(config.authFunction), memo: subgraph(config.memoFunction) };

const { http } = await createGateway({
  subgraphs,
  verify: createVerifier({
    issuer,
    keys: remoteKeys({ load: publishedKeys(jwksUrl), clock }),
    clock,
    acceptWatch: true,
  }),
  introspection,
  // The HTTP API answers preflights itself, and overrides what we say to browsers; what we refuse stays refused.
  allowedOrigins,
  checkHealth: () => checkSubgraphs(subgraphs),
  log: logLine,
});

/** The Lambda function behind the federated door's HTTP API. */
export const handler = serveHttpApi(http);
