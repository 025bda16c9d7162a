import { createSignedClient, type SignedClient } from '#aws/signedClient.ts';
import { config as common } from '#live/push/config.ts';
import { config } from './config.ts';

const TIMEOUT_MS = 5_000;

/** The queue of pads, as a live function's environment says. */
export function queueOnAws(): { readonly client: SignedClient; readonly queueUrl: string } {
  const { region, credentials } = common;
  const { queueEndpoint: endpoint, drainQueueUrl: queueUrl } = config;
  const options = { service: 'sqs', region, endpoint, credentials, timeoutMs: TIMEOUT_MS };
  return { client: createSignedClient(options), queueUrl };
}
