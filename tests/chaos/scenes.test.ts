import { type KeyObject, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createAccessTokenIssuer } from '#domain/auth/accessTokenIssuer.ts';
import { createRsaSigningKey } from '#domain/auth/rsaSigningKey.ts';
import { ACCESS_TOKEN_TTL_SECONDS } from '#domain/viewer/accessToken.ts';
import { createFaults } from '#local/cloud/faults.ts';
import { createPrivateRsaKey } from '#local/folder/privateKeyFile.ts';
import type { Session } from '#scripts/transfer/api.ts';
import { startTestCloud, type TestCloud } from '#tests/support/cloud.ts';
import { readStacks } from '#tests/support/stacks.ts';
import { waitFor } from '#tests/support/waitFor.ts';
import { gather, share } from './people.ts';
import { FLAWLESS, judge } from './verdict.ts';
import { Watcher, type WatcherOptions } from './watcher.ts';

const STARTS_WITHIN_MS = 60_000;

const faults = createFaults({ seed: 3, mix: { crash: 0 } });
let cloud: TestCloud;
let privateKey: KeyObject;
let owner: Session;
let guest: Session;
const watchers: Watcher[] = [];

beforeAll(async () => {
  faults.pause();
  privateKey = await createPrivateRsaKey();
  cloud = await startTestCloud({ stacks: await readStacks(), faults, privateKey });
  const { sessions } = await gather(`${cloud.gatewayUrl}/graphql`, 2, 0);
  [owner, guest] = sessions as [Session, Session];
  faults.pause(false);
}, STARTS_WITHIN_MS);
afterAll(async () => {
  for (const watcher of watchers) watcher.stop();
  await cloud.stop();
});

function watch(session: Session, padId: string, since = '0.0'): Watcher {
  return addWatcher({ url: () => cloud.socketUrl, session, padId, since });
}

function addWatcher(options: WatcherOptions): Watcher {
  const watcher = new Watcher(options);
  watchers.push(watcher);
  return watcher;
}

async function createPad(): Promise<string> {
  const text = 'mutation { createPad(name: "함께") { id } }';
  return (await owner.api<{ createPad: { id: string } }>(text)).createPad.id;
}

async function createMemo(padId: string, title: string): Promise<string> {
  const text = 'mutation ($input: CreateMemoInput!) { createMemo(input: $input) { id } }';
  const { createMemo } = await owner.api<{ createMemo: { id: string } }>(text, {
    input: { padId, title },
  });
  return createMemo.id;
}

const UPDATE = 'mutation ($input: UpdateMemoInput!) { updateMemo(input: $input) { id } }';

interface Page {
  readonly memos: {
    readonly changesCursor: string;
    readonly nodes: readonly { readonly id: string; readonly version: number }[];
    readonly pageInfo: { readonly endCursor: string };
  };
}

test('an edit that lands between two pages of a list is told to who watches from the first one on', async () => {
  const padId = await createPad();
  const ids = [
    await createMemo(padId, 'one'),
    await createMemo(padId, 'two'),
    await createMemo(padId, 'three'),
  ];
  const text = `query ($padId: ID!, $after: String) { memos(padId: $padId, first: 2, after: $after) { changesCursor nodes { id version } pageInfo { endCursor } } }`;
  const { memos: first } = await owner.api<Page>(text, { padId });
  // It moves to the head of the list, where the second page doesn't look.
  await owner.api(UPDATE, { input: { id: ids[0], title: 'edited' } });
  const { memos: second } = await owner.api<Page>(text, { padId, after: first.pageInfo.endCursor });
  const listed = [...first.nodes, ...second.nodes].map(({ id }) => id);
  expect(listed).not.toContain(ids[0]);
  const watcher = watch(owner, padId, first.changesCursor);
  await waitFor('the edit', () =>
    watcher.seen.some(({ memoId, version }) => memoId === ids[0] && version === 2),
  );
});

test('a memo that is purged while its changes are replayed is told in order, its purge last and once', async () => {
  const padId = await createPad();
  const id = await createMemo(padId, 'soon gone');
  for (let number = 0; number < 60; number += 1) {
    await owner.api(UPDATE, { input: { id, title: `version ${number}` } });
  }
  const watcher = watch(owner, padId);
  await owner.api('mutation ($id: ID!) { purgeMemo(id: $id) }', { id });
  await waitFor('the purge', () => watcher.seen.some(({ kind }) => kind === 'DELETED'));
  const kinds = watcher.seen.filter(({ memoId }) => memoId === id).map(({ kind }) => kind);
  expect(kinds).toEqual(['CREATED', ...Array(60).fill('EDITED'), 'DELETED']);
  expect(watcher.problems).toEqual([]);
});

test('who joins and leaves a pad while connected is told so, watches it as long, and not a change more', async () => {
  const padId = await createPad();
  const { me } = await guest.api<{ me: { id: string } }>('{ me { id } }');
  const own = watch(guest, me.id);
  await waitFor('being live', () => own.isCaughtUp);
  await share(owner.api, guest.api, padId);
  await waitFor('the news of the pad', () => own.seen.some(({ kind }) => kind === 'PAD_CHANGED'));
  const watcher = watch(guest, padId);
  const before = await createMemo(padId, 'for both');
  await waitFor('the memo', () => watcher.seen.some(({ memoId }) => memoId === before));
  await guest.api('mutation ($padId: ID!) { leavePad(padId: $padId) }', { padId });
  await waitFor('the farewell', () => own.seen.some(({ kind }) => kind === 'PAD_LEFT'));
  const after = await createMemo(padId, 'for one');
  const others = watch(owner, padId);
  await waitFor('the owner to be told', () => others.seen.some(({ memoId }) => memoId === after));
  await waitFor('the end', () => watcher.problems.length > 0 || watcher.isComplete);
  expect(watcher.seen.some(({ memoId }) => memoId === after)).toBe(false);
});

/** The session with tokens that are good for so many seconds. */
async function withShortTokens(session: Session, seconds: number): Promise<Session> {
  const { me } = await session.api<{ me: { id: string } }>('{ me { id } }');
  const issue = createAccessTokenIssuer({
    issuer: cloud.issuer,
    signingKey: await createRsaSigningKey({ privateKey }),
    clock: () => Date.now() - (ACCESS_TOKEN_TTL_SECONDS - seconds) * 1000,
    randomBytes,
  });
  const accessToken = async () => (await issue({ userId: me.id, sessionId: me.id })).token;
  return { ...session, accessToken };
}

test('who watches over tokens that expire mid-stream goes on with the next ones, and misses nothing', async () => {
  const padId = await createPad();
  const watcher = watch(await withShortTokens(owner, 4), padId);
  let last = '';
  for (let number = 0; watcher.connections < 4; number += 1) {
    last = await createMemo(padId, `memo ${number}`);
  }
  await waitFor('the last memo', () => watcher.seen.some(({ memoId }) => memoId === last));
  expect(judge({ seen: watcher.seen, head: watcher.lastSeq() })).toEqual(FLAWLESS);
  expect(watcher.problems).toEqual([]);
});

/** How good the tokens of the next scene are, and how long before their end the next is asked for: seconds. */
const [TOKEN_SECONDS, AHEAD_SECONDS] = [4, 1];
/**
 * How short a connection may be: seconds. The socket says how long a token is good, in whole seconds;
 * AppSync doesn't, and to a fast clock a good token has ended.
 */
const SHORTEST = { socket: TOKEN_SECONDS - 1 - AHEAD_SECONDS, appsync: AHEAD_SECONDS / 2 } as const;

test('who has a clock ten minutes off watches on as tokens expire: nothing is lost, and connections are few', async () => {
  // Connections are counted: none shall be lost for another reason.
  faults.pause();
  const padId = await createPad();
  const session = await withShortTokens(owner, TOKEN_SECONDS);
  const start = performance.now();
  const everybody = (['socket', 'appsync'] as const).flatMap((door) =>
    [10, -10].map((minutes) => {
      const url = () => (door === 'socket' ? cloud.socketUrl : cloud.appSyncUrl);
      const clock = () => Date.now() + minutes * 60_000;
      const refreshAheadMs = AHEAD_SECONDS * 1000;
      const watcher = addWatcher({ url, door, session, padId, clock, refreshAheadMs });
      return { door, watcher };
    }),
  );
  let last = '';
  const isOnTheWay = ({ connections, problems }: Watcher) =>
    connections < 3 && problems.length === 0;
  while (everybody.some(({ watcher }) => isOnTheWay(watcher))) {
    last = await createMemo(padId, 'whatever time it is');
  }
  const seconds = (performance.now() - start) / 1000;
  const counts = everybody.map(({ door, watcher: { connections } }) => ({ door, connections }));
  for (const { door, connections } of counts) {
    expect(connections - 1).toBeLessThanOrEqual(seconds / SHORTEST[door]);
  }
  for (const { watcher } of everybody) {
    await waitFor('the last memo', () => watcher.seen.some(({ memoId }) => memoId === last));
    expect(judge({ seen: watcher.seen, head: watcher.lastSeq() })).toEqual(FLAWLESS);
    expect(watcher.problems).toEqual([]);
  }
});
