import { createRemoteJWKSet } from 'jose';
import { serveHttpApi } from '#aws/httpApi.ts';
import { lambdaSubgraph } from '#aws/lambdaSubgraph.ts';
import { logLine } from '#aws/logLine.ts';
import { createSignedClient } from '#aws/signedClient.ts';
import { createVerifier } from '#domain/viewer/accessToken.ts';
import { config } from './config.ts';
import { createGateway } from './server.ts';

const SUBGRAPH_TIMEOUT_MS = 10_000;

const { region, issuer, jwksUrl, introspection } = config;
const lambda = createSignedClient({
  service: 'lambda',
  region,
  endpoint: config.lambdaEndpoint,
  credentials: config,
  timeoutMs: SUBGRAPH_TIMEOUT_MS,
});

const { http } = await createGateway({
  subgraphs: {
    auth: lambdaSubgraph(lambda, config.authFunction),
    memo: lambdaSubgraph(lambda, config.memoFunction),
  },
  verify: createVerifier({ issuer, keys: createRemoteJWKSet(new URL(jwksUrl)), clock: Date.now }),
  introspection,
  // The HTTP API answers browsers itself, and overrides what we would say.
  allowedOrigins: [],
  // The gateway keeps nothing; its subgraphs' functions are watched on their own.
  checkHealth: async () => {},
  log: logLine,
});

/** The Lambda function behind the federated door's HTTP API. */
export const handler = serveHttpApi(http);
