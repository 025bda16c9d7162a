import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ulidFromBytes } from '#domain/viewer/ulid.ts';
import type { Endpoints } from '#local/folder/endpoints.ts';
import { isFree } from '#local/ports.ts';
import { useFolders } from '#tests/support/folder.ts';
import { waitFor } from '#tests/support/waitFor.ts';
import { usePrograms } from './program.ts';

const TAKES_AT_MOST_MS = 90_000;
const WRITERS = 8;
const WRITES_BEFORE_THE_KILL = 40;

const makeFolder = useFolders();
const startProgram = usePrograms();

interface AuthPayload {
  readonly accessToken: string;
  readonly refreshToken: string;
}

async function ask<Data>(
  { federated }: Endpoints,
  query: string,
  variables: object = {},
  token?: string,
): Promise<Data> {
  const response = await fetch(federated, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

async function signUp(endpoints: Endpoints): Promise<AuthPayload> {
  const input = { email: 'ji@example.com', password: 'correct horse 말', displayName: '지' };
  const { payload } = await ask<{ payload: AuthPayload }>(
    endpoints,
    'mutation ($input: SignUpInput!) { payload: signUp(input: $input) { accessToken refreshToken } }',
    { input },
  );
  return payload;
}

/** Several writers at once, each going on until the service is gone; gives the memos it acknowledged. */
function writeUntilGone(endpoints: Endpoints, token: string, onWrite: (count: number) => void) {
  const acknowledged = new Map<string, string>();
  const write = async (writer: number): Promise<void> => {
    for (let number = 0; ; number += 1) {
      const title = `메모 ${writer}/${number}`;
      const ulid = ulidFromBytes(createHash('sha256').update(title).digest());
      const input = { ulid, title, body: `- [ ] ${title}\n` };
      const { memo } = await ask<{ memo: { id: string } }>(
        endpoints,
        'mutation ($input: CreateMemoInput!) { memo: createMemo(input: $input) { id } }',
        { input },
        token,
      );
      acknowledged.set(memo.id, title);
      onWrite(acknowledged.size);
    }
  };
  const writers = Array.from({ length: WRITERS }, (_, writer) => write(writer));
  return Promise.allSettled(writers).then(() => acknowledged);
}

async function readTitle(endpoints: Endpoints, id: string, token: string): Promise<string> {
  const query = 'query ($id: ID!) { memo(id: $id) { title } }';
  const { memo } = await ask<{ memo: { title: string } }>(endpoints, query, { id }, token);
  return memo.title;
}

function isPortFree(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return isFree(Number(port), hostname);
}

const FORMS = [
  { form: 'as the templates say', flags: [] },
  { form: 'in one process', flags: ['--one-process'] },
];

test.each(FORMS)(
  '$form, killed in the middle of writing: nothing acknowledged is lost, and tokens are still good',
  async ({ flags }) => {
    const dataDir = join(makeFolder(), 'data');
    const first = startProgram(dataDir, '--port', '0', '--no-seed', ...flags);
    const before = await first.ready();
    const { accessToken, refreshToken } = await signUp(before);
    const acknowledged = await writeUntilGone(before, accessToken, (count) => {
      if (count >= WRITES_BEFORE_THE_KILL) first.child.kill('SIGKILL');
    });
    await first.exitCode();
    expect(acknowledged.size).toBeGreaterThanOrEqual(WRITES_BEFORE_THE_KILL);
    await waitFor('the engine to end with it', () => isPortFree(before.dynamodb));
    expect(existsSync(join(dataDir, 'memopad.lock'))).toBe(true);

    const second = startProgram(dataDir, '--port', '0', ...flags);
    const after = await second.ready();
    // The engine alone is elsewhere at every start.
    const { pid, dynamodb } = before;
    expect({ ...after, pid, dynamodb }).toEqual(before);
    for (const [id, title] of acknowledged) {
      expect(await readTitle(after, id, accessToken)).toBe(title);
    }
    const { payload } = await ask<{ payload: AuthPayload }>(
      after,
      'mutation ($token: String!) { payload: refreshSession(refreshToken: $token) { accessToken } }',
      { token: refreshToken },
    );
    const { me } = await ask<{ me: object }>(
      after,
      '{ me { displayName } }',
      {},
      payload.accessToken,
    );
    expect(me).toEqual({ displayName: '지' });
  },
  TAKES_AT_MOST_MS,
);

describe('a person at a terminal', () => {
  test(
    'sees the banner, is told of the running one at a second start, and stops it with Ctrl-C',
    async () => {
      const dataDir = join(makeFolder(), 'data');
      const program = startProgram(dataDir, '--port', '0');
      const endpoints = await program.ready();
      const { federated, playground, issuer, demo } = endpoints;
      for (const text of [federated, playground, issuer, dataDir, demo?.email, demo?.password]) {
        expect(program.output()).toContain(text);
      }
      const page = await fetch(new URL('/', federated));
      expect(page.url).toBe(playground);
      expect(await page.text()).toContain('Memopad');
      expect(statSync(join(dataDir, 'signing-key.json')).mode & 0o777).toBe(0o600);

      const sameFolder = startProgram(dataDir, '--port', '0');
      expect(await sameFolder.exitCode()).toBe(1);
      expect(sameFolder.output()).toContain(
        `Memopad runs already with the data folder ${dataDir}: process ${program.child.pid}, ${federated}.`,
      );
      const { port } = new URL(federated);
      const samePort = startProgram(join(makeFolder(), 'other'), '--port', port);
      expect(await samePort.exitCode()).toBe(1);
      expect(samePort.output()).toContain(
        `Port ${port} is taken by process ${program.child.pid} (`,
      );

      program.child.kill('SIGINT');
      expect(await program.exitCode()).toBe(0);
      expect(existsSync(join(dataDir, 'endpoints.json'))).toBe(false);
      expect(await isPortFree(endpoints.dynamodb)).toBe(true);
      const logs = readdirSync(join(dataDir, 'logs'));
      const gatewayLog = logs.find((name) => name.includes('gateway')) ?? '';
      const [line = ''] = readFileSync(join(dataDir, 'logs', gatewayLog), 'utf8').split('\n');
      expect(JSON.parse(line)).toMatchObject({ level: 'info', message: 'request', status: 200 });
    },
    TAKES_AT_MOST_MS,
  );

  test.each([
    [['--prot', '1'], 2, 'Expected one of the flags below, got --prot.'],
    [['--help'], 0, 'npm start -- [flags]'],
  ])(
    'who writes %j is told the flags',
    async (flags, exitCode, text) => {
      const program = startProgram(join(makeFolder(), 'data'), ...flags);
      expect(await program.exitCode()).toBe(exitCode);
      expect(program.output()).toContain(text);
      expect(program.output()).toContain('--data-dir DIR');
    },
    TAKES_AT_MOST_MS,
  );
});
