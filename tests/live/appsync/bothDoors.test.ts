import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { END_WATCHING, PUBLISH } from '#live/appsync/publishDocument.ts';
import type { Session } from '#scripts/transfer/api.ts';
import { gather } from '#tests/chaos/people.ts';
import { throughAppSync } from '#tests/chaos/throughAppSync.ts';
import { type Door, Watcher } from '#tests/chaos/watcher.ts';
import { startTestCloud, type TestCloud } from '#tests/support/cloud.ts';
import { readStacks } from '#tests/support/stacks.ts';
import { waitFor } from '#tests/support/waitFor.ts';

// Who watches through one door is told of what is done through the other, over the functions as they are deployed.

const STARTED_WITHIN_MS = 60_000;
let cloud: TestCloud;
let owner: Session;
let guest: Session;
let padId: string;
const watchers: Watcher[] = [];

beforeAll(async () => {
  cloud = await startTestCloud({ stacks: await readStacks() });
  const people = await gather(`${cloud.gatewayUrl}/graphql`, 2, 1);
  [owner, guest] = people.sessions as [Session, Session];
  [padId] = people.padIds as [string];
}, STARTED_WITHIN_MS);
afterAll(async () => {
  for (const watcher of watchers) watcher.stop();
  await cloud.stop();
});

async function watch(session: Session, door: Door): Promise<Watcher> {
  const url = () => (door === 'socket' ? cloud.socketUrl : cloud.appSyncUrl);
  const watcher = new Watcher({ url, door, session, padId });
  watchers.push(watcher);
  await waitFor('being live', () => watcher.isCaughtUp);
  return watcher;
}

const CREATE = `mutation ($padId: ID!, $title: String!) {
  createMemo(input: { padId: $padId, title: $title }) { id } }`;

async function create(session: Session, title: string): Promise<string> {
  const answer = await session.api<{ createMemo: { id: string } }>(CREATE, { padId, title });
  return answer.createMemo.id;
}

const knows = (watcher: Watcher, id: string) => watcher.seen.some(({ memoId }) => memoId === id);

test('a write through either door reaches watchers of both', async () => {
  const both = [await watch(owner, 'socket'), await watch(guest, 'appsync')];
  const writers = [owner, throughAppSync(owner, () => cloud.appSyncUrl)];
  for (const [index, writer] of writers.entries()) {
    const id = await create(writer, `memo ${index}`);
    for (const watcher of both) await waitFor('the memo', () => knows(watcher, id));
  }
  for (const { seen } of both) {
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, index) => index + 1));
  }
});

test('nobody but the live service publishes', async () => {
  const { api } = throughAppSync(owner, () => cloud.appSyncUrl);
  const batch = { padId, epoch: 'e', bare: true, changes: [] };
  await expect(api(PUBLISH, { batch })).rejects.toThrow(/Not Authorized/);
  await expect(api(END_WATCHING, { padId, userIds: [] })).rejects.toThrow(/Not Authorized/);
});

test('who is no longer a member is told so, and gets nothing of what comes after', async () => {
  const [stays, leaves] = [await watch(owner, 'appsync'), await watch(guest, 'appsync')];
  const before = leaves.seen.length;
  const { me } = await guest.api<{ me: { id: string } }>('{ me { id } }');
  const remove =
    'mutation ($padId: ID!, $userId: ID!) { removeMember(padId: $padId, userId: $userId) { id } }';
  await throughAppSync(owner, () => cloud.appSyncUrl).api(remove, { padId, userId: me.id });
  await waitFor('the end', () => leaves.problems.length > 0);
  const id = await create(owner, 'for the others');
  await waitFor('the memo', () => knows(stays, id));
  expect(leaves.problems).toMatchObject([[{ extensions: { code: 'NOT_FOUND' } }]]);
  expect(leaves.seen.length).toBe(before);
});
