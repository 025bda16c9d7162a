import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { changeCursorOf } from '#domain/memo/changeCursor.ts';
import type { LoggedChange } from '#domain/memo/changeLog.ts';
import { createAppSyncApi } from '#live/appsync/appSyncApi.ts';
import { PUBLISH } from '#live/appsync/publishDocument.ts';
import { createPublisher } from '#live/appsync/publisher.ts';
import { createChangeLog } from '#table/live/changeLogStore.ts';
import { padItemKey } from '#table/memo/padItem.ts';
import { useAppSyncApi } from '#tests/support/appsyncApi.ts';
import type { AppSyncPerson } from '#tests/support/appsyncAsker.ts';
import { changeAt, EPOCH } from '#tests/support/changes.ts';
import { someUlid } from '#tests/support/memos.ts';
import { CREATE, DAY_MS, PAD_NOT_FOUND, PURGE, sharedPad, UPDATE } from './memoDocuments.ts';

const app = useAppSyncApi();

const CHANGES = `query ($padId: ID!, $since: String, $first: Int) {
  memoChanges(padId: $padId, since: $since, first: $first) {
    padId from to caughtUp reset
    changes { seq kind memoId padId pad { id name personal role createdAt } version truncated
      memo { id title body tasks { text } tags version updatedAt pad { id name role } author { id } lastEditor { id } } } } }`;
const CURSORS = `query ($padId: ID!, $since: String, $first: Int) {
  memoChanges(padId: $padId, since: $since, first: $first) { from to caughtUp reset changes { seq } } }`;
const cursor = (seq: number, epoch = EPOCH) => changeCursorOf({ epoch, seq });
const log = () => createChangeLog(app.liveTable, () => app.nowMs);

/** Appends what has changed, as the sequencer does. */
async function append(padId: string, ...given: Partial<LoggedChange>[]): Promise<void> {
  const { seq } = await log().head(padId);
  for (const [index, one] of given.entries()) {
    await log().append(changeAt(padId, seq + 1 + index, one));
  }
  await log().moveHead(padId, { epoch: EPOCH, seq: seq + given.length, lastSource: '' });
}

const times = (count: number) => Array.from({ length: count }, () => ({}));
const about = (aboutPadId: string, kind: 'PAD_CHANGED' | 'PAD_LEFT' = 'PAD_CHANGED') => ({
  ...{ kind, aboutPadId, memoId: null, version: 0 },
});

async function givenMemo(
  { ask }: AppSyncPerson,
  padId: string,
  input: object = {},
): Promise<string> {
  return (await ask(CREATE, { input: { padId, title: '장보기', ...input } })).memo.id;
}

/** What the federated door's memo service answers to the same person. */
async function federated({ token }: AppSyncPerson, query: string, variables: object) {
  const { data, errors = [] } = await app.subgraphs.memo({
    ...{ query, variables: { ...variables }, authorization: `Bearer ${token}` },
    ...{ client: { sourceIp: '127.0.0.1', userAgent: 'test' }, requestId: 'test' },
  } as never);
  return {
    data,
    codes: errors.map(({ message, extensions }) => `${extensions?.code}: ${message}`),
  };
}

async function appSync(person: AppSyncPerson, query: string, variables: object) {
  const { data, errors = [] } = await person.answer(query, { ...variables });
  return { data, codes: errors.map(({ message, errorType }) => `${errorType}: ${message}`) };
}

describe('Query.memoChanges answers what the federated door answers', () => {
  test('to whoever reads a log from anywhere', async () => {
    const mina = await app.person();
    const padId = mina.id;
    const memoIds = [
      await givenMemo(mina, padId, { body: '- [ ] 우유', tags: ['a'] }),
      await givenMemo(mina, padId),
      await givenMemo(mina, padId),
    ];
    const [first, second, purged] = memoIds as [string, string, string];
    await mina.ask(UPDATE, { input: { id: first, title: '새 제목' } });
    await mina.ask(PURGE, { id: purged });
    const own = await sharedPad(app, { [padId]: 'EDITOR' });
    const foreign = await sharedPad(app, { [someUlid()]: 'OWNER' });
    const changes: Partial<LoggedChange>[] = [
      { kind: 'CREATED', memoId: first },
      { kind: 'CREATED', memoId: second },
      { memoId: first },
      { kind: 'DELETED', memoId: purged, truncated: true },
      { memoId: purged },
      about(own),
      about(foreign, 'PAD_LEFT'),
    ];
    for (const [count, change] of [null, ...changes].entries()) {
      if (change) await append(padId, change);
      for (const since of [
        null,
        '0.0',
        cursor(1),
        cursor(count),
        cursor(9),
        cursor(1, someUlid()),
      ]) {
        for (const firstOf of [1, 3, null]) {
          const variables = { padId, since, first: firstOf };
          const [answer, expected] = await Promise.all([
            appSync(mina, CHANGES, variables),
            federated(mina, CHANGES, variables),
          ]);
          expect(answer).toEqual(JSON.parse(JSON.stringify(expected)));
        }
      }
    }
  });

  test('to members of a shared pad, each as they see it', async () => {
    const [mina, joon] = [await app.person(), await app.person()];
    const padId = await sharedPad(app, { [mina.id]: 'OWNER', [joon.id]: 'VIEWER' });
    const memoId = await givenMemo(mina, padId);
    await append(padId, { memoId }, about(padId), {});
    for (const person of [mina, joon]) {
      const variables = { padId, since: cursor(0) };
      const answer = await appSync(person, CHANGES, variables);
      expect(answer.codes).toEqual([]);
      expect(answer).toEqual(
        JSON.parse(JSON.stringify(await federated(person, CHANGES, variables))),
      );
    }
  });

  test.each<[string, object, object]>([
    ['no number of changes', {}, { first: 0 }],
    ['too many', {}, { first: 101 }],
    ['no cursor', {}, { since: 'here' }],
    ['an empty one', {}, { since: '' }],
    ['no pad', { padId: 'pad' }, {}],
    ['a foreign pad', { padId: someUlid() }, { since: 'here' }],
  ])('to bad questions: %s', async (_, given, more) => {
    const mina = await app.person();
    const variables = { padId: mina.id, ...given, ...more };
    const [answer, expected] = [
      await appSync(mina, CURSORS, variables),
      await federated(mina, CURSORS, variables),
    ];
    expect(answer.codes.length).toBe(1);
    expect(answer.codes).toEqual(expected.codes);
  });

  test('to whoever has missed too much, or comes too late', async () => {
    const mina = await app.person();
    const padId = mina.id;
    const { dynamoDb, tableName: TableName } = app.liveTable;
    await append(padId, ...times(5));
    await log().moveHead(padId, { epoch: EPOCH, seq: 1102, lastSource: '' });
    const now = app.nowMs;
    const variables = [
      cursor(0),
      cursor(1),
      cursor(2),
      cursor(5),
      cursor(101),
      cursor(102),
    ].flatMap((since) => [1, 100].map((first) => ({ padId, since, first })));
    const compare = async () => {
      for (const one of variables) {
        const answer = await appSync(mina, CURSORS, one);
        expect(answer).toEqual(JSON.parse(JSON.stringify(await federated(mina, CURSORS, one))));
      }
    };
    await compare();
    const Key = { PK: { S: `L#${padId}` }, SK: { S: '000000000003' } };
    await dynamoDb.send(new DeleteItemCommand({ TableName, Key }));
    await compare();
    app.nowMs += 8 * DAY_MS;
    const later = await app.holder(
      (await app.issuer.issue({ userId: padId, sessionId: 's' })).token,
    );
    const answer = await later.ask(CURSORS, { padId, since: cursor(2) });
    expect(answer.memoChanges).toMatchObject({ reset: true, to: cursor(1102), changes: [] });
    app.nowMs = now + 1000;
  });
});

describe('what Query.memoChanges reads', () => {
  test('is the log alone while there are no memos selected', async () => {
    const mina = await app.person();
    await append(mina.id, ...times(3));
    const ask = (since: string | null) => () => mina.ask(CURSORS, { padId: mina.id, since });
    expect(await app.callsOf(ask(cursor(0)))).toEqual(['Query']);
    expect(await app.callsOf(ask(null))).toEqual(['GetItem']);
    expect(await app.measure(ask(cursor(0)))).toEqual({ read: 1, write: 0 });
  });

  test('is one batch more with memos, whatever they are asked for', async () => {
    const [mina, joon] = [await app.person(), await app.person()];
    const padId = await sharedPad(app, { [mina.id]: 'OWNER', [joon.id]: 'VIEWER' });
    const memoIds = [await givenMemo(mina, padId), await givenMemo(mina, padId)];
    await append(padId, ...memoIds.map((memoId) => ({ memoId })), about(padId));
    const ask = () => joon.ask(CHANGES, { padId, since: cursor(0) });
    expect(await app.callsOf(ask)).toEqual(['GetItem', 'Query', 'BatchGetItem']);
    // Membership, log, two memos, the pad.
    expect(await app.measure(ask)).toEqual({ read: 5, write: 0 });
  });

  test('is no more memos than a few and those that fit, by two batches', async () => {
    const mina = await app.person();
    const memoIds: string[] = [];
    for (let count = 0; count < 25; count += 1) {
      memoIds.push(await givenMemo(mina, mina.id, { body: 'x'.repeat(70_000) }));
    }
    await append(mina.id, ...memoIds.map((memoId) => ({ memoId })), ...times(50));
    const page = (since: number) => () =>
      mina.ask(CHANGES, { padId: mina.id, since: cursor(since) });
    expect((await page(0)()).memoChanges).toMatchObject({ to: cursor(14), caughtUp: false });
    expect(await app.callsOf(page(0))).toEqual(['Query', 'BatchGetItem', 'BatchGetItem']);
    // 15 memos of 18 each, and the log.
    expect((await app.measure(page(0))).read).toBeLessThan(15 * 18 + 5);
    // It may be short: what is behind the first few is taken to be as large.
    expect((await page(14)()).memoChanges).toMatchObject({ to: cursor(29), caughtUp: false });
    expect((await page(29)()).memoChanges).toMatchObject({ to: cursor(75), caughtUp: true });
  });

  test('is the same behind aliases and in fragments', async () => {
    const mina = await app.person();
    const padId = await sharedPad(app, { [mina.id]: 'OWNER' });
    await append(padId, { memoId: await givenMemo(mina, padId) }, about(padId));
    const hidden = `query ($padId: ID!, $since: String) { a: memoChanges(padId: $padId, since: $since) {
      b: changes { seq: memo { ...M } memo: pad { name } pad: memo { title: body } padId: kind } } }
      fragment M on Memo { t: title }`;
    expect(await mina.ask(hidden, { padId, since: cursor(0) })).toEqual({
      a: {
        b: [
          { seq: { t: '장보기' }, memo: null, pad: { title: '' }, padId: 'EDITED' },
          { seq: null, memo: { name: 'Trip' }, pad: null, padId: 'PAD_CHANGED' },
        ],
      },
    });
    const onlyMemos = `query ($padId: ID!, $since: String) { memoChanges(padId: $padId, since: $since) {
      changes { pad: memo { title } } } }`;
    const { memoChanges } = await mina.ask(onlyMemos, { padId, since: cursor(0) });
    expect(memoChanges.changes).toEqual([{ pad: { title: '장보기' } }, { pad: null }]);
  });

  test('ends before the bodies exceed 1 MB', async () => {
    const mina = await app.person();
    const memoIds: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      memoIds.push(await givenMemo(mina, mina.id, { body: '가'.repeat(100_000) }));
    }
    await append(mina.id, ...memoIds.map((memoId) => ({ memoId })));
    const variables = { padId: mina.id, since: cursor(0) };
    const { memoChanges } = await mina.ask(CHANGES, variables);
    expect(memoChanges).toMatchObject({ to: cursor(3), caughtUp: false });
    expect(await appSync(mina, CHANGES, variables)).toEqual(
      JSON.parse(JSON.stringify(await federated(mina, CHANGES, variables))),
    );
  });
});

const WATCH = `subscription ($padId: ID!, $since: String) { memoChanges(padId: $padId, since: $since) {
  padId from to caughtUp reset changes { seq kind memoId truncated version pad { id name }
    memo { id title author { id displayName } pad { name } } } } }`;

/** The publisher of the live service, over this API. */
function publisher() {
  const client = async (_: string, body: string) => {
    const { query, variables } = JSON.parse(body);
    const answer = await app.service.answer(query, variables);
    return { status: 200, headers: {}, body: JSON.stringify(answer) };
  };
  const api = createAppSyncApi(client, '/graphql');
  return createPublisher({ changes: log(), api, report: () => undefined });
}

describe('who watches a pad', () => {
  test('is told of its changes with what they have selected, and of no other pad', async () => {
    const mina = await app.signUp('박미나');
    const padId = await sharedPad(app, { [mina.id]: 'OWNER' });
    const watch = await mina.subscribe(WATCH, { padId, since: cursor(7) });
    const other = await mina.subscribe(WATCH, { padId: mina.id });
    const memoId = await givenMemo(mina, padId);
    await append(padId, { kind: 'CREATED', memoId }, about(padId));
    await publisher()(padId);
    const pad = { id: padId, name: 'Trip' };
    const author = { id: mina.id, displayName: '박미나' };
    const memo = { id: memoId, title: '장보기', author, pad: { name: 'Trip' } };
    expect(watch.received).toEqual([
      {
        data: {
          memoChanges: {
            ...{ padId, from: '0.0', to: cursor(2), caughtUp: true, reset: false },
            changes: [
              { seq: 1, kind: 'CREATED', memoId, truncated: false, version: 1, pad: null, memo },
              {
                ...{ seq: 2, kind: 'PAD_CHANGED', memoId: null, truncated: false, version: 0 },
                ...{ pad, memo: null },
              },
            ],
          },
        },
      },
    ]);
    expect(other.received).toEqual([]);
    await publisher()(padId);
    expect(watch.received.length).toBe(1);
  });

  test.each<[string, string]>([
    ['author { email }', 'User.email'],
    ['pad { role }', 'Pad.role'],
    ['pad { members { since } }', 'Pad.members'],
    ['a: pad { b: memos { nodes { id } } }', 'Pad.memos'],
    ['...F', 'Pad.personal'],
  ])('may not select %s', async (fields, named) => {
    const mina = await app.person();
    const fragment = 'fragment F on Memo { pad { personal } }';
    const document = `subscription ($padId: ID!) { memoChanges(padId: $padId) { changes { memo { ${fields} } } } }
      ${fields === '...F' ? fragment : ''}`;
    await expect(mina.subscribe(document, { padId: mina.id })).rejects.toThrow(
      `BAD_USER_INPUT: Expected fields that are the same for every watcher, got ${named}: `,
    );
  });

  test('is a member of it, with a good cursor', async () => {
    const mina = await app.person();
    const refusal = (variables: object) =>
      mina.subscribe(WATCH, { ...variables }).then(String, ({ message }) => message);
    expect(await refusal({ padId: someUlid() })).toBe(PAD_NOT_FOUND);
    expect(await refusal({ padId: mina.id, since: 'here' })).toMatch(/^BAD_USER_INPUT: /);
    await expect(app.visitor.subscribe(WATCH, { padId: mina.id })).rejects.toThrow(
      /Not Authorized/,
    );
  });

  test('watches no more once the membership is over', async () => {
    const [mina, joon] = [await app.person(), await app.person()];
    const padId = await sharedPad(app, { [mina.id]: 'OWNER', [joon.id]: 'VIEWER' });
    const [stays, leaves] = [
      await mina.subscribe(WATCH, { padId }),
      await joon.subscribe(WATCH, { padId }),
    ];
    const elsewhere = await joon.subscribe(WATCH, { padId: joon.id });
    await append(padId, {}, { ...about(padId), leftUserId: joon.id });
    await publisher()(padId);
    expect([stays.ended, leaves.ended, elsewhere.ended]).toEqual([false, true, false]);
    expect([stays.received.length, leaves.received.length]).toEqual([1, 0]);
  });
});

describe('what is published', () => {
  const publish = (batch: object) => app.service.ask(PUBLISH, { batch });
  const inputOf = ({ seq, kind, memoId, aboutPadId, version, truncated }: LoggedChange) => ({
    ...{ seq, kind, memoId, padId: aboutPadId, version, truncated },
  });

  test('is for the live service alone', async () => {
    const mina = await app.person();
    const batch = { padId: mina.id, epoch: EPOCH, bare: false, changes: [] };
    expect(await mina.refused(PUBLISH, { batch })).toMatch(/Not Authorized/);
    expect(await app.visitor.refused(PUBLISH, { batch })).toMatch(/Not Authorized/);
    const end = 'mutation { endMemoChanges(padId: "a", userIds: ["b"]) }';
    expect(await mina.refused(end)).toMatch(/Not Authorized/);
    expect(await app.service.refused(PUBLISH, { batch })).toBe(
      'BAD_USER_INPUT: Expected 1 to 100 changes, got 0.',
    );
  });

  test('is read by one batch, and the users by one call', async () => {
    const mina = await app.signUp();
    const memoIds = [await givenMemo(mina, mina.id), await givenMemo(mina, mina.id)];
    const changes = [...memoIds, ...memoIds].map((memoId, index) =>
      inputOf(changeAt(mina.id, index + 1, { memoId })),
    );
    const batch = { padId: mina.id, epoch: EPOCH, bare: false, changes };
    const calls = await app.callsOf(() => publish(batch));
    expect(calls).toEqual(['BatchGetItem']);
    // Two memos, each once, and the pad.
    expect(await app.measure(() => publish(batch))).toEqual({ read: 3, write: 0 });
  });

  test('is no more than AppSync delivers at once, and goes on behind it', async () => {
    const mina = await app.signUp();
    const memoIds = [
      await givenMemo(mina, mina.id, { body: '"'.repeat(50_000) }),
      await givenMemo(mina, mina.id, { body: '가'.repeat(30_000) }),
      await givenMemo(mina, mina.id, { body: '가'.repeat(100_000) }),
      await givenMemo(mina, mina.id, { body: '- [ ] 가\n'.repeat(10_000) }),
      await givenMemo(mina, mina.id, { body: '가'.repeat(60_000) }),
    ];
    await append(mina.id, ...memoIds.map((memoId) => ({ memoId })));
    const all = 'changes { seq truncated memo { id title body tasks { index text done } } }';
    const document = `subscription ($padId: ID!) { memoChanges(padId: $padId) { from to ${all} } }`;
    const watch = await mina.subscribe(document, { padId: mina.id });
    await publisher()(mina.id);
    const told = watch.received.map(({ data }) => data?.memoChanges as { changes: Told[] });
    interface Told {
      readonly seq: number;
      readonly truncated: boolean;
      readonly memo: object | null;
    }
    const parts = told.flatMap(({ changes }) => changes);
    expect(parts.map(({ seq, truncated, memo }) => [seq, truncated, memo !== null])).toEqual([
      [1, false, true],
      [2, false, true],
      [3, true, false],
      [4, true, false],
      [5, false, true],
    ]);
    expect(told.length).toBeGreaterThan(1);
    for (const message of watch.received) {
      expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(240_000);
    }
  });

  test('shows no pad that is deleted, and none of its memos', async () => {
    const mina = await app.signUp();
    const padId = await sharedPad(app, { [mina.id]: 'OWNER' });
    const memoId = await givenMemo(mina, padId);
    const change = inputOf(changeAt(mina.id, 2, about(padId)));
    const both = await publish({ padId: mina.id, epoch: EPOCH, bare: false, changes: [change] });
    const shown = { pad: { id: padId, name: 'Trip' }, truncated: false };
    expect(both.publishMemoChanges).toMatchObject({ from: cursor(1), changes: [shown] });
    const { dynamoDb, tableName: TableName } = app.memoTable;
    await dynamoDb.send(
      new DeleteItemCommand({
        TableName,
        Key: { ...padItemKey(padId), SK: { S: `MEMBER#${mina.id}` } },
      }),
    );
    const after = await publish({ padId: mina.id, epoch: EPOCH, bare: false, changes: [change] });
    expect(after.publishMemoChanges.changes).toMatchObject([{ pad: null, truncated: true }]);
    expect(memoId).toContain(padId);
  });

  test('bare, is no memo and no pad', async () => {
    const mina = await app.person();
    const memoId = await givenMemo(mina, mina.id);
    const changes = [inputOf(changeAt(mina.id, 1, { memoId }))];
    const calls = await app.callsOf(async () => {
      const { publishMemoChanges } = await publish({
        padId: mina.id,
        epoch: EPOCH,
        bare: true,
        changes,
      });
      expect(publishMemoChanges).toMatchObject({
        to: cursor(1),
        changes: [{ memo: null, truncated: true }],
      });
    });
    expect(calls).toEqual([]);
  });
});
