import { randomBytes } from 'node:crypto';
import { createInvoke } from '#aws/invokeFunction.ts';
import { logLine } from '#aws/logLine.ts';
import { createSignedClient } from '#aws/signedClient.ts';
import { createUlid } from '#domain/viewer/ulid.ts';
import type { SubscriptionStore } from '#table/live/subscriptions.ts';
import { config } from './config.ts';
import { createConnections } from './connections.ts';
import { createPush } from './createPush.ts';
import { createGatewayByLambda } from './gatewayByLambda.ts';
import type { Push, Replay } from './push.ts';
import { createWatchTokens } from './watchTokens.ts';

/** A page takes some hundred milliseconds, a cold start or two included some seconds. */
const INVOKE_TIMEOUT_MS = 15_000;
/** API Gateway answers in some milliseconds; whoever has it wait loses the connection. */
const POST_TIMEOUT_MS = 3_000;

const clock = Date.now;

/** The push of a live function, as its environment says: once a function instance. */
export function pushOnAws(subscriptions: SubscriptionStore): Push & Replay {
  const { region, credentials, traceId, gatewayFunction, watchFunction } = config;
  const lambda = createSignedClient({
    service: 'lambda',
    region,
    endpoint: config.lambdaEndpoint,
    credentials,
    timeoutMs: INVOKE_TIMEOUT_MS,
    traceId,
  });
  const invoke = (functionName: string) => createInvoke({ client: lambda, functionName });
  const watchTokens = createWatchTokens({ invoke: invoke(watchFunction), clock });
  return createPush({
    subscriptions,
    askGateway: createGatewayByLambda({ invoke: invoke(gatewayFunction), watchTokens }),
    connections: reachConnections(),
    clock,
    makeRequestId: () => createUlid(clock(), randomBytes),
    log: logLine,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
  });
}

function reachConnections() {
  const { region, credentials, socketEndpoint } = config;
  const { origin, pathname } = new URL(socketEndpoint);
  const client = createSignedClient({
    service: 'execute-api',
    region,
    endpoint: origin,
    credentials,
    timeoutMs: POST_TIMEOUT_MS,
  });
  return createConnections({ client, stagePath: pathname.replace(/\/$/, '') });
}
