import { describe, expect, test } from '@jest/globals';
import { createMemo } from '#domain/memo/createMemo.ts';
import { purgeMemo } from '#domain/memo/purgeMemo.ts';
import { readMemo } from '#domain/memo/readMemo.ts';
import { trashMemo } from '#domain/memo/trashMemo.ts';
import { updateMemo } from '#domain/memo/updateMemo.ts';
import { DAY_MS, errorOf, memosOn, someUlid, someViewer, useMemos } from '#tests/support/memos.ts';

const { table, ports } = useMemos();
const viewer = someViewer();
const NOT_FOUND = {
  code: 'NOT_FOUND',
  message: 'Expected the id of a memo the viewer may read.',
};

describe('readMemo', () => {
  test.each(['ACTIVE', 'ARCHIVED', 'TRASHED'] as const)(
    'reads a memo that is %s',
    async (state) => {
      const { id } = await createMemo(ports, viewer, { title: 'a' });
      const memo = await updateMemo(ports, viewer, { id, state });
      expect(await readMemo(ports, viewer, id)).toEqual(memo);
      expect(memo.state).toBe(state);
    },
  );

  test('gives one answer for a memo that never was, one purged and one of another pad', async () => {
    const { id } = await createMemo(ports, viewer, { title: 'a' });
    expect(await errorOf(readMemo(ports, someViewer(), id))).toMatchObject(NOT_FOUND);
    await purgeMemo(ports, viewer, id);
    expect(await errorOf(readMemo(ports, viewer, id))).toMatchObject(NOT_FOUND);
    const never = `${viewer.userId}.${someUlid()}`;
    expect(await errorOf(readMemo(ports, viewer, never))).toMatchObject(NOT_FOUND);
  });

  test('does not find a memo once its 30 days in the trash are over, deleted or not', async () => {
    const later = memosOn(table);
    const { id } = await createMemo(later, viewer, { title: 'a' });
    await trashMemo(later, viewer, id);
    later.pass(30 * DAY_MS - 1);
    expect(await readMemo(later, viewer, id)).toMatchObject({ state: 'TRASHED' });
    later.pass(1);
    expect(await errorOf(readMemo(later, viewer, id))).toMatchObject(NOT_FOUND);
  });

  test.each([
    '',
    'memo',
    someUlid(),
    `${someUlid()}.`,
    `.${someUlid()}`,
    `${someUlid()}.${someUlid()}.`,
    `${someUlid()}-${someUlid()}`,
    `${someUlid()}.${someUlid().toLowerCase()}`,
    `${someUlid()}#${someUlid()}`,
    'x'.repeat(10_000_000),
  ])('does not even read for an id that can be none (%#)', async (id) => {
    const unread = () => Promise.reject(new Error('Expected no read.'));
    const blind = { ...ports, memos: { ...ports.memos, read: unread }, members: { role: unread } };
    expect(await errorOf(readMemo(blind, viewer, id))).toMatchObject(NOT_FOUND);
  });

  test('lets every member of a shared pad read, and nobody else', async () => {
    const [padId, writer, reader] = [someUlid(), someViewer(), someViewer()];
    ports.setRole(padId, writer, 'OWNER');
    ports.setRole(padId, reader, 'VIEWER');
    const memo = await createMemo(ports, writer, { title: 'a', padId });
    expect(await readMemo(ports, reader, memo.id)).toEqual(memo);
    expect(await errorOf(readMemo(ports, viewer, memo.id))).toMatchObject(NOT_FOUND);
    expect(await errorOf(readMemo(ports, null, memo.id))).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });
});
