import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createRsaSigningKey } from '#domain/auth/rsaSigningKey.ts';
import { LOCAL_TABLES, openDatabase } from '#local/database.ts';
import { ApiError, createClient } from '#local/seed/client.ts';
import { PEOPLE, PERSONAL_MEMOS, SHARED_MEMOS, SHARED_PAD_NAME } from '#local/seed/content.ts';
import { enter, type SignedIn } from '#local/seed/people.ts';
import { seed } from '#local/seed/seed.ts';
import { TABLE_NAMES } from '#local/tableNames.ts';
import { composeMemopad, type Memopad } from '#one-process/compose.ts';
import { CHEAP } from '#tests/domain/auth/useAuth.ts';

interface Memo {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly version: number;
  readonly createdAt: string;
}
interface Pad {
  readonly id: string;
  readonly name: string;
  readonly members: readonly { readonly role: string; readonly user: { displayName: string } }[];
}

let database: Awaited<ReturnType<typeof openDatabase>>;
let memopad: Memopad;
let demo: SignedIn;

beforeAll(async () => {
  database = await openDatabase();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  memopad = await composeMemopad({
    dynamoDb: database.dynamoDb,
    tableNames: TABLE_NAMES,
    issuer: 'http://127.0.0.1:4001',
    signingKey: await createRsaSigningKey({ privateKey }),
    passwordCost: CHEAP,
    log: () => {},
  });
  await seed(memopad.gateway);
  demo = await enter(memopad.gateway, PEOPLE.demo);
}, 30_000);
afterAll(async () => {
  await memopad.stop();
  await database.stop();
});

async function listMemos(padId: string): Promise<Memo[]> {
  const lists = ['ACTIVE', 'ARCHIVED', 'TRASHED'].map(async (state) => {
    const { memos } = await demo.ask<{ memos: { nodes: Memo[] } }>(
      `query ($padId: ID!, $state: MemoState!) { memos(padId: $padId, first: 100, filter: { state: $state }) {
        nodes { id title state version createdAt } } }`,
      { padId, state },
    );
    return memos.nodes;
  });
  return (await Promise.all(lists)).flat();
}

async function sharedPad(): Promise<Pad> {
  const { pads } = await demo.ask<{ pads: Pad[] }>(
    '{ pads { id name members { role user { displayName } } } }',
  );
  return pads.find(({ name }) => name === SHARED_PAD_NAME)!;
}

test('about thirty memos, in Korean and English, in every state', async () => {
  const personal = await listMemos(demo.userId);
  const shared = await listMemos((await sharedPad()).id);
  expect(personal).toHaveLength(PERSONAL_MEMOS.length);
  expect(shared).toHaveLength(SHARED_MEMOS.length);
  const states = [...personal, ...shared].map(({ state }) => state);
  expect(new Set(states)).toEqual(new Set(['ACTIVE', 'ARCHIVED', 'TRASHED']));
});

test('a pad shared by three people, made members by invite', async () => {
  const { members } = await sharedPad();
  expect(members.map(({ role, user }) => [role, user.displayName])).toEqual([
    ['OWNER', PEOPLE.demo.displayName],
    ['EDITOR', PEOPLE.mina.displayName],
    ['VIEWER', PEOPLE.alex.displayName],
  ]);
});

test('no session is left behind', async () => {
  const { sessions } = await demo.ask<{ sessions: { current: boolean }[] }>(
    '{ sessions { current } }',
  );
  expect(sessions).toEqual([{ current: true }]);
});

test('again: nothing is changed, and nothing comes back that was changed or purged', async () => {
  const [edited, purged, restored] = await pickMemos();
  await demo.ask(`mutation { updateMemo(input: { id: "${edited}", title: "mine" }) { id } }`);
  await demo.ask(`mutation { purgeMemo(id: "${purged}") }`);
  await demo.ask(`mutation { restoreMemo(id: "${restored}") { id } }`);
  const before = await listMemos(demo.userId);
  expect(before).toHaveLength(PERSONAL_MEMOS.length - 1);
  const pad = await sharedPad();
  await seed(memopad.gateway);
  expect(await listMemos(demo.userId)).toEqual(before);
  expect(await sharedPad()).toEqual(pad);
});

test('an account whose password was changed is not touched', async () => {
  await demo.ask(
    `mutation { changePassword(currentPassword: "try-memopad-today", newPassword: "another-one-2026") { user { id } } }`,
  );
  await expect(seed(memopad.gateway)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('a client tells the code of what went wrong', async () => {
  const asking = createClient(memopad.gateway).ask('{ pads { id } }');
  await expect(asking).rejects.toBeInstanceOf(ApiError);
  await expect(asking).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('no stream is kept that nobody reads', () => {
  expect(LOCAL_TABLES.map(({ definition }) => definition.streamed)).toEqual([false, false, true]);
});

/** An active one, another active one, a trashed one. */
async function pickMemos(): Promise<string[]> {
  const memos = await listMemos(demo.userId);
  const active = memos.filter(({ state }) => state === 'ACTIVE');
  const trashed = memos.filter(({ state }) => state === 'TRASHED');
  return [active[0]!.id, active[1]!.id, trashed[0]!.id];
}
