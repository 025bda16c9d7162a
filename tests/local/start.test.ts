import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { REGION } from '#local/cloud/account.ts';
import { withAssetsIn } from '#local/cloud/template/assembly.ts';
import { type Endpoints, readEndpoints } from '#local/folder/endpoints.ts';
import type { StartOptions } from '#local/options.ts';
import { describePortHolder } from '#local/portHolder.ts';
import { isFree } from '#local/ports.ts';
import { type RunningMemopad, startMemopad } from '#local/start.ts';
import { StartError } from '#local/startError.ts';
import { useFolders } from '#tests/support/folder.ts';
import { useServers } from '#tests/support/nodeHttp.ts';
import { readStacks } from '#tests/support/stacks.ts';
import { waitFor } from '#tests/support/waitFor.ts';

const STARTS_WITHIN_MS = 30_000;
const makeFolder = useFolders();
const serve = useServers();
const running: RunningMemopad[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((memopad) => memopad.stop()));
});

const DEFAULTS = {
  port: 0,
  memory: false,
  reset: false,
  seed: false,
  verbose: false,
  oneProcess: false,
  subgraphs: 'in-process',
  faults: undefined,
  awsTiming: false,
} as const;

async function start(options: Partial<StartOptions> = {}, surroundings = {}) {
  const said: string[] = [];
  const say = (text: string) => said.push(text);
  const memopad = await startMemopad(
    { ...DEFAULTS, dataDir: makeFolder(), ...options },
    { say, playgroundFolder: '/nonexistent', readStacks, ...surroundings },
  );
  running.push(memopad);
  return { ...memopad, said };
}

async function ask<Data>(endpoints: Endpoints, query: string, token?: string): Promise<Data> {
  const response = await fetch(endpoints.federated, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query }),
  });
  const { data } = (await response.json()) as { data: Data };
  return data;
}

interface Change {
  readonly memo: { readonly title: string } | null;
}

interface AuthPayload {
  readonly accessToken: string;
}

async function signIn(endpoints: Endpoints): Promise<string> {
  const { email, password } = endpoints.demo!;
  const { signIn: payload } = await ask<{ signIn: AuthPayload }>(
    endpoints,
    `mutation { signIn(input: { email: "${email}", password: "${password}" }) { accessToken } }`,
  );
  return payload.accessToken;
}

/** Watches the demo account's pad, writes a memo, and waits until it is told; what was written before may be told first. */
async function expectChange(endpoints: Endpoints, title: string): Promise<void> {
  const token = await signIn(endpoints);
  const { me } = await ask<{ me: { id: string } }>(endpoints, '{ me { id } }', token);
  const client = createClient({
    url: endpoints.socket,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
  const query = `subscription { memoChanges(padId: "${me.id}") { caughtUp changes { memo { title } } } }`;
  const batches = client.iterate({ query });
  let isWritten = false;
  for await (const { data } of batches) {
    const { caughtUp, changes } = Object(Object(data).memoChanges);
    if (isWritten && changes.some((change: Change) => change.memo?.title === title)) break;
    if (!caughtUp || isWritten) continue;
    await ask(
      endpoints,
      `mutation { createMemo(input: { title: "${title}", body: "" }) { id } }`,
      token,
    );
    isWritten = true;
  }
  client.terminate();
}

const enginePid = ({ dynamodb }: Endpoints): number => {
  const holder = describePortHolder(Number(new URL(dynamodb).port));
  return Number(holder?.match(/^process (\d+) /)?.[1]);
};

/** All but the engine's, which has another one at every start. */
const lasting = ({ dynamodb, ...others }: Endpoints) => others;

/** What clients are told of the AppSync door, which answers. */
async function expectAppSync(endpoints: Endpoints) {
  const { appsync: url = '', appsyncRealtime: realtime, appsyncApiKey: apiKey = '' } = endpoints;
  expect(url).toBe(`${endpoints.evaluateCode}/graphql`);
  expect(endpoints.region).toBe(REGION);
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'x-api-key': apiKey },
    body: JSON.stringify({ query: '{ __typename }' }),
  });
  expect(await answer.json()).toEqual({ data: { __typename: 'Query' } });
  return { url, realtime, apiKey };
}

const FORMS = [
  { form: 'as the templates say', oneProcess: false },
  { form: 'in one process', oneProcess: true },
];

describe.each(FORMS)('$form', ({ oneProcess }) => {
  const form = { oneProcess };

  test(
    'changes come over the socket, at the same port after a restart',
    async () => {
      const dataDir = makeFolder();
      const first = await start({ ...form, seed: true, dataDir });
      await expectChange(first.endpoints, '하나');
      await first.stop();
      const { endpoints } = await start({ ...form, dataDir });
      expect(endpoints.socket).toBe(first.endpoints.socket);
      await expectChange(endpoints, '둘');
    },
    STARTS_WITHIN_MS,
  );

  test(
    'a first start: everything answers where endpoints.json says, and the demo account can sign in',
    async () => {
      const { endpoints, said, stop } = await start({ ...form, seed: undefined, memory: true });
      const { dataDir } = endpoints;
      expect(readEndpoints(join(dataDir, 'endpoints.json'))).toEqual(endpoints);
      expect(statSync(join(dataDir, 'endpoints.json')).mode & 0o777).toBe(0o600);
      expect(endpoints).toMatchObject({ pid: process.pid });
      expect(said).toEqual(['Writing the demo account and its memos …']);

      expect((await fetch(endpoints.health)).status).toBe(200);
      expect(await (await fetch(endpoints.jwks)).json()).toEqual({ keys: [expect.anything()] });
      const discovery = `${endpoints.issuer}/.well-known/openid-configuration`;
      expect(await (await fetch(discovery)).json()).toMatchObject({
        issuer: endpoints.issuer,
        jwks_uri: endpoints.jwks,
        token_endpoint: endpoints.token,
      });
      const signedIn = await fetch(endpoints.sessions, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(endpoints.demo),
      });
      expect(signedIn.status).toBeLessThan(300);
      const config = await fetch(`${endpoints.playground}/config.json`);
      const { demo, socket } = endpoints;
      const appsync = oneProcess ? undefined : await expectAppSync(endpoints);
      expect(await config.json()).toEqual({ demo, socket, ...(appsync && { appsync }) });

      const token = await signIn(endpoints);
      const data = await ask<{ pads: unknown[]; memos: { nodes: unknown[] } }>(
        endpoints,
        '{ pads { name } memos(first: 100) { nodes { id } } }',
        token,
      );
      expect(data.pads).toHaveLength(2);
      expect(data.memos.nodes.length).toBeGreaterThan(10);

      await stop();
      expect(readdirSync(dataDir).sort()).toEqual(['logs', 'memopad.json']);
    },
    STARTS_WITHIN_MS,
  );

  test(
    'the next start has the same ports and key, and is not seeded against its will',
    async () => {
      const dataDir = makeFolder();
      const first = await start({ ...form, dataDir });
      const keys = await (await fetch(first.endpoints.jwks)).json();
      await first.stop();
      const second = await start({ ...form, dataDir, seed: undefined, port: undefined });
      expect(lasting(second.endpoints)).toEqual(lasting(first.endpoints));
      expect(second.endpoints.dynamodb).not.toBe(first.endpoints.dynamodb);
      expect(second.endpoints.demo).toBeUndefined();
      expect(await (await fetch(second.endpoints.jwks)).json()).toEqual(keys);
      await second.stop();
      const third = await start({ ...form, dataDir, reset: true });
      expect(await (await fetch(third.endpoints.jwks)).json()).not.toEqual(keys);
    },
    STARTS_WITHIN_MS,
  );

  test(
    'an engine that dies is told',
    async () => {
      const { endpoints, failed } = await start({ ...form, memory: true });
      process.kill(enginePid(endpoints), 'SIGKILL');
      expect(await failed).toContain('The DynamoDB engine has ended.');
    },
    STARTS_WITHIN_MS,
  );

  describe('a start that fails', () => {
    test(
      'closes what it had opened: the folder can be used at once',
      async () => {
        const { port } = await serve();
        const dataDir = makeFolder();
        await expect(start({ ...form, dataDir, port })).rejects.toThrow(StartError);
        expect(existsSync(join(dataDir, 'memopad.lock'))).toBe(false);
        const { endpoints } = await start({ ...form, dataDir });
        const { hostname, port: enginePort } = new URL(endpoints.dynamodb);
        expect(await isFree(Number(enginePort), hostname)).toBe(false);
      },
      STARTS_WITHIN_MS,
    );
  });
});

test(
  'with its subgraphs behind HTTP it answers the same',
  async () => {
    const { endpoints } = await start({ oneProcess: true, subgraphs: 'http', memory: true });
    const input = '{ email: "a@example.com", password: "correct horse", displayName: "가나" }';
    const { signUp } = await ask<{ signUp: AuthPayload }>(
      endpoints,
      `mutation { signUp(input: ${input}) { accessToken } }`,
    );
    const query = '{ pads { personal members { role user { displayName } } } }';
    expect(await ask(endpoints, query, signUp.accessToken)).toEqual({
      pads: [{ personal: true, members: [{ role: 'OWNER', user: { displayName: '가나' } }] }],
    });
  },
  STARTS_WITHIN_MS,
);

test(
  'what was written in one form is there in the other, and its tokens are good',
  async () => {
    const dataDir = makeFolder();
    const query = '{ me { displayName } memos(first: 100) { nodes { id } } }';
    const first = await start({ dataDir, seed: true });
    const token = await signIn(first.endpoints);
    const written = await ask(first.endpoints, query, token);
    await first.stop();
    const second = await start({ dataDir, oneProcess: true });
    const { demo, appsync, appsyncRealtime, appsyncApiKey, evaluateCode, region } = first.endpoints;
    const appSync = { appsync, appsyncRealtime, appsyncApiKey, evaluateCode, region };
    expect(second.endpoints).not.toHaveProperty('appsync');
    expect({ ...lasting(second.endpoints), ...appSync, demo }).toEqual(lasting(first.endpoints));
    expect(await ask(second.endpoints, query, token)).toEqual(written);
    await second.stop();
    const third = await start({ dataDir });
    expect(third.endpoints.appsync).toBe(appsync);
    expect(await ask(third.endpoints, query, token)).toEqual(written);
  },
  STARTS_WITHIN_MS,
);

/** The templates with bundles of their own, of functions and of resolvers. */
async function copyBundles() {
  const bundles = makeFolder();
  const stacks = await readStacks();
  for (const built of ['dist/lambda', 'dist/resolvers'])
    cpSync(built, bundles, { recursive: true });
  return { bundles, stacks: stacks.map((stack) => withAssetsIn(bundles, stack)) };
}

test(
  'a function whose code was edited runs it at the next request, with all its data',
  async () => {
    const { bundles, stacks } = await copyBundles();
    const { endpoints, replaceCode, said } = await start(
      { seed: true },
      { readStacks: async () => stacks },
    );
    const token = await signIn(endpoints);
    const query = '{ me { displayName } memos(first: 100) { nodes { id } } }';
    const before = await ask(endpoints, query, token);
    for (const bundle of ['gateway', 'memoSubgraph']) {
      const file = join(bundles, bundle, 'index.mjs');
      writeFileSync(file, `console.log('edited');${readFileSync(file, 'utf8')}`);
    }
    await replaceCode?.(['gateway']);
    expect(await ask(endpoints, query, token)).toEqual(before);
    const logs = join(endpoints.dataDir, 'logs');
    const logOf = (name: string) => {
      const file = join(logs, `memopad-dev-${name}.log`);
      return existsSync(file) ? readFileSync(file, 'utf8') : '';
    };
    await waitFor('the new code to log', () => logOf('gateway').includes('edited'));
    expect(logOf('memo-subgraph')).not.toContain('edited');

    writeFileSync(join(bundles, 'memoSubgraph/index.mjs'), 'throw new Error("broken");');
    await replaceCode?.(['memoSubgraph']);
    const broken = `memopad-dev-memo-subgraph can't start: its log in ${logs} says why.`;
    expect(said.slice(1)).toEqual([broken]);
  },
  STARTS_WITHIN_MS,
);

test(
  'an AppSync resolver whose code was edited runs it at the next request',
  async () => {
    const { bundles, stacks } = await copyBundles();
    const { endpoints, replaceCode } = await start({}, { readStacks: async () => stacks });
    const { appsync = '', appsyncApiKey = '' } = endpoints;
    const signIn = async () => {
      const input = { email: 'nobody@memopad.example', password: 'not-the-password' };
      const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';
      const answer = await fetch(appsync, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': appsyncApiKey },
        body: JSON.stringify({ query, variables: { input } }),
      });
      return JSON.stringify(await answer.json());
    };
    expect(await signIn()).toContain('UNAUTHENTICATED');
    const file = join(bundles, 'Mutation.signIn.js');
    writeFileSync(
      file,
      `import { util } from '@aws-appsync/utils';
export const request = () => util.error('edited', 'EDITED');
export const response = () => null;`,
    );
    expect(await signIn()).toContain('UNAUTHENTICATED');
    await replaceCode?.(['Mutation.signIn.js']);
    expect(await signIn()).toContain('EDITED');
  },
  STARTS_WITHIN_MS,
);
