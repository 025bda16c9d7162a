import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createMemo } from '#domain/memo/createMemo.ts';
import { purgeMemo } from '#domain/memo/purgeMemo.ts';
import { readMemo } from '#domain/memo/readMemo.ts';
import { setTaskDone } from '#domain/memo/setTaskDone.ts';
import { updateMemo } from '#domain/memo/updateMemo.ts';
import { createUlid } from '#domain/viewer/ulid.ts';
import { createSessionStore } from '#table/auth/sessionStore.ts';
import { createInviteStore } from '#table/memo/inviteStore.ts';
import { createMemoStore } from '#table/memo/memoStore.ts';
import { AUTH_TABLE, MEMO_TABLE } from '#table/tables.ts';
import { useTable } from '#tests/support/engine.ts';
import { losingAnswers } from '#tests/support/losingAnswers.ts';
import { errorOf, memosOn, NOW, someViewer } from '#tests/support/memos.ts';

const memoTable = useTable(MEMO_TABLE);
const authTable = useTable(AUTH_TABLE);
const newId = () => createUlid(NOW, randomBytes);

describe('a write whose first answer got lost', () => {
  const given = async () => {
    const [ports, viewer] = [memosOn(memoTable), someViewer()];
    const memo = await createMemo(ports, viewer, { title: 'a', body: '- [ ] b', tags: ['c', 'd'] });
    const memos = createMemoStore(losingAnswers(memoTable));
    return { ports: { ...ports, memos }, viewer, memo };
  };

  test('has changed the memo', async () => {
    const { ports, viewer, memo } = await given();
    const change = { id: memo.id, title: 'b', expectedVersion: 1 };
    const changed = await updateMemo(ports, viewer, change);
    expect(changed).toMatchObject({ title: 'b', version: 2 });
    expect(await readMemo(ports, viewer, memo.id)).toEqual(changed);
  });

  test('has ticked the task', async () => {
    const { ports, viewer, memo } = await given();
    const tick = { memoId: memo.id, index: 0, done: true, expectedVersion: 1 };
    expect(await setTaskDone(ports, viewer, tick)).toMatchObject({ body: '- [x] b', version: 2 });
  });

  test('has purged the memo, which another purge finds gone', async () => {
    const { ports, viewer, memo } = await given();
    expect(await purgeMemo(ports, viewer, memo.id)).toBe(true);
    ports.pass(1000);
    expect(await errorOf(purgeMemo(ports, viewer, memo.id))).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('has revoked the invite', async () => {
    const invite = { id: newId(), padId: newId(), createdBy: newId(), secretHash: 'hash' };
    const invites = createInviteStore(losingAnswers(memoTable));
    const expiresAt = new Date(NOW).toISOString();
    await invites.createInvite({ ...invite, role: 'EDITOR', expiresAt });
    expect(await invites.revokeInvite(invite.padId, invite.id)).toBe('DONE');
  });

  test('has ended the session, but not one of another generation', async () => {
    const sessions = createSessionStore(losingAnswers(authTable));
    const time = new Date(NOW).toISOString();
    const session = {
      ...{ userId: newId(), id: newId(), generation: 1, createdAt: time, lastUsedAt: time },
      ...{ expiresAtSeconds: NOW, userAgent: null, familyHash: 'hash', secretHash: 'hash' },
      predecessor: null,
    };
    await sessions.create(session);
    const live = { userId: session.userId, sessionId: session.id, generation: 1, nowSeconds: 1 };
    expect(await sessions.endLive({ ...live, generation: 2 })).toBe(false);
    expect(await sessions.endLive(live)).toBe(true);
  });
});
