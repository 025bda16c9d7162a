import { setTimeout as sleep } from 'node:timers/promises';
import { REGION } from '#local/cloud/account.ts';
import type { Amplify, AmplifyClient } from './loadAmplify.ts';

export interface TryOutOptions {
  readonly amplify: Amplify;
  /** `http://127.0.0.1:4003/graphql`. */
  readonly endpoint: string;
  readonly apiKey: string;
  readonly demo: { readonly email: string; readonly password: string };
  /** Gets a line for each thing that has worked. */
  readonly say: (line: string) => void;
}

const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) { accessToken user { id displayName } }
}`;
const PADS = '{ me { displayName } pads { id personal } }';
const WATCH = `subscription ($padId: ID!) {
  memoChanges(padId: $padId) { to changes { kind memo { id title } } }
}`;
const CREATE = 'mutation ($input: CreateMemoInput!) { createMemo(input: $input) { id title } }';
const PURGE = 'mutation ($id: ID!) { purgeMemo(id: $id) }';
const WITHIN_MS = 20_000;
const EVERY_MS = 250;

/** Signs in by the API key, then asks, watches and writes by the token; purges what it has written. @throws when anything is not as it should be */
export async function tryOut({ amplify, endpoint, apiKey, demo, say }: TryOutOptions) {
  const session = { token: '' };
  configure(amplify, { endpoint, apiKey, session });
  const client = amplify.generateClient();
  const { signIn } = await run(client, 'apiKey', SIGN_IN, { input: demo });
  session.token = signIn.accessToken;
  say(`✓ signed in as ${signIn.user.displayName}, by the API key`);
  const { pads } = await run(client, 'oidc', PADS);
  say(`✓ asked for ${pads.length} pads, by the access token`);
  const padId: string = signIn.user.id;
  const heard = watch(client, padId);
  const title = `Hello from Amplify ${Date.now()}`;
  // When a subscription has started is nothing that Amplify tells.
  const created: string[] = [];
  await until('the change', async () => {
    const { createMemo } = await run(client, 'oidc', CREATE, { input: { title } });
    created.push(createMemo.id);
    return heard.text().includes(title);
  });
  say(`✓ wrote a memo and heard of it over the WebSocket`);
  for (const id of created) await run(client, 'oidc', PURGE, { id });
  heard.stop();
  say('✓ purged it');
}

interface Configuration extends Pick<TryOutOptions, 'endpoint' | 'apiKey'> {
  readonly session: { readonly token: string };
}

function configure({ Amplify }: Amplify, { endpoint, apiKey, session }: Configuration): void {
  const getTokens = async () => ({
    accessToken: { toString: () => session.token, payload: {} },
  });
  Amplify.configure(
    { API: { GraphQL: { endpoint, region: REGION, defaultAuthMode: 'oidc', apiKey } } },
    { Auth: { tokenProvider: { getTokens } } },
  );
}

// biome-ignore lint/suspicious/noExplicitAny: whatever was asked for
type Data = Record<string, any>;

async function run(
  client: AmplifyClient,
  authMode: 'oidc' | 'apiKey',
  query: string,
  variables: object = {},
): Promise<Data> {
  const answer = (await client.graphql({ query, variables, authMode })) as { readonly data: Data };
  return answer.data;
}

interface Observable {
  subscribe(observer: { next(value: unknown): void; error(error: unknown): void }): {
    unsubscribe(): void;
  };
}

function watch(client: AmplifyClient, padId: string) {
  const heard: unknown[] = [];
  let failure: unknown;
  const changes = client.graphql({ query: WATCH, variables: { padId }, authMode: 'oidc' });
  const subscription = (changes as Observable).subscribe({
    next: (value) => heard.push(value),
    error: (error) => {
      failure = error;
    },
  });
  return {
    text() {
      if (failure) throw failure;
      return JSON.stringify(heard);
    },
    stop: () => subscription.unsubscribe(),
  };
}

async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + WITHIN_MS;
  while (Date.now() < deadline) {
    if (await isTrue()) return;
    await sleep(EVERY_MS);
  }
  throw new Error(`Waited ${WITHIN_MS} ms in vain for ${what}.`);
}
