import { logLine } from '#aws/logLine.ts';
import { createSignedClient } from '#aws/signedClient.ts';
import { config as common } from '#live/push/config.ts';
import { config } from '#live/stream/config.ts';
import type { Drain } from '#live/stream/drain.ts';
import { createAppSyncApi } from './appSyncApi.ts';
import { createPublisher, type PublisherOptions } from './publisher.ts';

/** A page takes some ten milliseconds, a cold start of the auth service some seconds. */
const TIMEOUT_MS = 10_000;

/** The publisher as a live function's environment says; null where nothing is served through AppSync. */
export function publisherOnAws(changes: PublisherOptions['changes']): Drain | null {
  if (!config.appSyncUrl) return null;
  const { region, credentials, traceId } = common;
  const { origin: endpoint, pathname } = new URL(config.appSyncUrl);
  const options = { service: 'appsync', region, endpoint, credentials, traceId };
  const client = createSignedClient({ ...options, timeoutMs: TIMEOUT_MS });
  return createPublisher({ changes, api: createAppSyncApi(client, pathname), report: logLine });
}
