import { beforeAll, describe, expect, test } from '@jest/globals';
import { changeCursorOf } from '#domain/memo/changeCursor.ts';
import type { LoggedChange } from '#domain/memo/changeLog.ts';
import { createChangeLog } from '#table/live/changeLogStore.ts';
import { changeAt, EPOCH } from '#tests/support/changes.ts';
import { NOW } from '#tests/support/memos.ts';
import { DELETE_PAD, givenMember, givenPad } from './operations.ts';
import { type Person, useMemoService } from './service.ts';

const service = useMemoService();
const { person } = service;
let log: ReturnType<typeof createChangeLog>;

beforeAll(() => {
  log = createChangeLog(service.liveTable, () => NOW);
});

const CHANGES = `query ($padId: ID!, $since: String, $first: Int) {
  memoChanges(padId: $padId, since: $since, first: $first) {
    padId from to caughtUp reset
    changes { seq kind memoId padId pad { id name } version truncated memo { id title body } } } }`;
const cursor = (seq: number) => changeCursorOf({ epoch: EPOCH, seq });

async function append(padId: string, ...given: Partial<LoggedChange>[]): Promise<void> {
  for (const [index, one] of given.entries()) await log.append(changeAt(padId, index + 1, one));
  const end = { epoch: EPOCH, seq: given.length, lastSource: '' };
  await log.moveHead(padId, end);
}

async function givenMemo(author: Person, padId: string): Promise<string> {
  const create =
    'mutation ($padId: ID!) { createMemo(input: { padId: $padId, title: "장보기", body: "우유" }) { id } }';
  return (await author.ask<{ createMemo: { id: string } }>(create, { padId })).createMemo.id;
}

test('a pad’s changes are told with the memos as they are', async () => {
  const mina = person();
  const memoId = await givenMemo(mina, mina.id);
  const { id, name } = await givenPad(mina);
  const own = { id, name };
  const left = await givenPad(person());
  const ofPad = { memoId: null, version: 0 };
  await append(
    mina.id,
    { kind: 'CREATED', memoId },
    { kind: 'DELETED', memoId, truncated: true },
    { ...ofPad, kind: 'PAD_CHANGED', aboutPadId: own.id },
    { ...ofPad, kind: 'PAD_LEFT', aboutPadId: left.id },
  );
  const memo = { id: memoId, title: '장보기', body: '우유' };
  const plain = { memoId: null, padId: null, pad: null, memo: null, truncated: false };
  expect(await mina.ask(CHANGES, { padId: mina.id, since: cursor(0) })).toEqual({
    memoChanges: {
      ...{ padId: mina.id, from: cursor(0), to: cursor(4), caughtUp: true, reset: false },
      changes: [
        { ...plain, seq: 1, kind: 'CREATED', memoId, version: 1, memo },
        { ...plain, seq: 2, kind: 'DELETED', memoId, version: 2, truncated: true },
        { ...plain, seq: 3, kind: 'PAD_CHANGED', version: 0, padId: own.id, pad: own },
        { ...plain, seq: 4, kind: 'PAD_LEFT', version: 0, padId: left.id },
      ],
    },
  });
});

test('memos are read only when they are asked for', async () => {
  const mina = person();
  const memoId = await givenMemo(mina, mina.id);
  await append(mina.id, { memoId });
  const variables = { padId: mina.id, since: cursor(0) };
  expect(await service.callsOf(() => mina.ask(CHANGES, variables))).toEqual(['Query', 'GetItem']);
  const bare =
    'query ($padId: ID!, $since: String) { memoChanges(padId: $padId, since: $since) { changes { memoId } } }';
  expect(await service.callsOf(() => mina.ask(bare, variables))).toEqual(['Query']);
});

describe('the changes cursor of a page of memos', () => {
  const page = (fields: string) =>
    `query ($padId: ID) { memos(padId: $padId) { ${fields} nodes { id } } }`;

  test('is where the log stood before the page was read', async () => {
    const mina = person();
    const read = () => mina.ask(page('changesCursor'), {});
    expect(await read()).toMatchObject({ memos: { changesCursor: '0.0' } });
    await append(mina.id, {}, {});
    expect(await read()).toMatchObject({ memos: { changesCursor: cursor(2) } });
    expect(await service.callsOf(read)).toEqual(['GetItem', 'Query']);
  });

  test('costs nothing when it is not asked for', async () => {
    const mina = person();
    expect(await service.callsOf(() => mina.ask(page(''), {}))).toEqual(['Query']);
  });

  test('is not read for a stranger', async () => {
    const [mina, joon] = [person(), person()];
    const { id: padId } = await givenPad(mina);
    const calls = await service.callsOf(() => joon.refused(page('changesCursor'), { padId }));
    expect(calls).toEqual(['GetItem']);
  });
});

describe('with a watch token', () => {
  const PADS = `query ($padId: ID!, $since: String) { memoChanges(padId: $padId, since: $since) {
    changes { pad { id name personal createdAt } memo { pad { name personal } } } } }`;

  test('the changes of that pad are told, and of no other', async () => {
    const mina = person();
    const { id: padId } = await givenPad(mina);
    const memoId = await givenMemo(mina, padId);
    await append(padId, { memoId });
    const watcher = service.watcher(padId);
    const variables = { padId, since: cursor(0) };
    expect(await watcher.ask(CHANGES, variables)).toEqual(await mina.ask(CHANGES, variables));
    const other = { padId: mina.id };
    expect(await watcher.refused(CHANGES, other)).toMatch(/^UNAUTHENTICATED/);
  });

  test('the watched pad shows its name, and whether it is a personal one', async () => {
    const mina = person();
    const shared = await givenPad(mina, '우리 집');
    for (const padId of [shared.id, mina.id]) {
      const memoId = await givenMemo(mina, padId);
      await append(padId, { memoId });
    }
    const ask = (padId: string) => service.watcher(padId).ask(PADS, { padId, since: cursor(0) });
    const told = (pad: object) => ({ memoChanges: { changes: [{ pad: null, memo: { pad } }] } });
    expect(await ask(shared.id)).toEqual(told({ name: '우리 집', personal: false }));
    expect(await ask(mina.id)).toEqual(told({ name: '', personal: true }));
  });

  test('a personal pad’s changes show the shared pads its owner is a member of, and no others', async () => {
    const [mina, joon] = [person(), person()];
    const [joined, foreign, deleted] = [
      await givenPad(joon, 'a'),
      await givenPad(joon, 'b'),
      await givenPad(joon, 'c'),
    ];
    await givenMember(joon, joined.id, mina, 'VIEWER');
    await givenMember(joon, deleted.id, mina, 'VIEWER');
    await joon.ask(DELETE_PAD, { id: deleted.id });
    const about = (aboutPadId: string) => ({
      kind: 'PAD_CHANGED' as const,
      memoId: null,
      aboutPadId,
    });
    await append(mina.id, about(joined.id));
    const variables = { padId: mina.id, since: cursor(0) };
    const { createdAt } = joined;
    const pad = { id: joined.id, name: 'a', personal: false, createdAt };
    expect(await service.watcher(mina.id).ask(PADS, variables)).toEqual({
      memoChanges: { changes: [{ pad, memo: null }] },
    });
    for (const { id } of [foreign, deleted]) {
      const padId = person().id;
      await append(padId, about(id));
      const refusal = await service
        .watcher(padId)
        .refused(
          'query ($padId: ID!, $since: String) { memoChanges(padId: $padId, since: $since) { changes { pad { name } } } }',
          { padId, since: cursor(0) },
        );
      expect(refusal).toMatch(/^NOT_FOUND/);
    }
  });

  test.each(['role', 'members { role }', 'invites { id }', 'memos { nodes { id } }'])(
    'a pad shows no `%s`, which is for a person to see',
    async (field) => {
      const mina = person();
      const { id: padId } = await givenPad(mina);
      const memoId = await givenMemo(mina, padId);
      await append(padId, { memoId });
      const query = `query ($padId: ID!, $since: String) { memoChanges(padId: $padId, since: $since) {
        changes { memo { pad { ${field} } } } } }`;
      const refusal = await service.watcher(padId).refused(query, { padId, since: cursor(0) });
      expect(refusal).toMatch(/^UNAUTHENTICATED/);
    },
  );
});
