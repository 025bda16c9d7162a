import { describe, expect, test } from '@jest/globals';
import { createMemo } from '#domain/memo/createMemo.ts';
import { emptyTrash } from '#domain/memo/emptyTrash.ts';
import { listMemos } from '#domain/memo/listMemos.ts';
import type { Memo } from '#domain/memo/memo.ts';
import { purgeMemo } from '#domain/memo/purgeMemo.ts';
import { readMemo } from '#domain/memo/readMemo.ts';
import { restoreMemo } from '#domain/memo/restoreMemo.ts';
import { trashMemo } from '#domain/memo/trashMemo.ts';
import { updateMemo } from '#domain/memo/updateMemo.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import { DAY_MS, errorOf, memosOn, someUlid, someViewer, useMemos } from '#tests/support/memos.ts';

const { table, ports } = useMemos();
const viewer = someViewer();

async function someTrashed(who: Viewer, title: string, pinned = false): Promise<Memo> {
  const { id } = await createMemo(ports, who, { title, pinned });
  ports.pass(1);
  return trashMemo(ports, who, id);
}

const trashOf = async (who: Viewer): Promise<string[]> => {
  const { edges } = await listMemos(ports, who, { filter: { state: 'TRASHED' }, first: 100 });
  return edges.map(({ memo }) => memo.title);
};

describe('trashMemo', () => {
  test.each(['ACTIVE', 'ARCHIVED'] as const)('takes an %s memo', async (state) => {
    const { id } = await createMemo(ports, viewer, { title: 'a', pinned: true });
    await updateMemo(ports, viewer, { id, state });
    const trashedAt = ports.pass(1000);
    const trashed = await trashMemo(ports, viewer, id);
    expect(trashed).toMatchObject({ state: 'TRASHED', trashedAt, pinned: true });
    expect(await readMemo(ports, viewer, id)).toEqual(trashed);
  });

  test('leaves a trashed memo as it is, its 30 days included', async () => {
    const trashed = await someTrashed(viewer, 'a');
    ports.pass(1000);
    expect(await trashMemo(ports, viewer, trashed.id)).toEqual(trashed);
  });
});

describe('restoreMemo', () => {
  test('makes a trashed memo ACTIVE', async () => {
    const { id } = await someTrashed(viewer, 'a');
    const restored = await restoreMemo(ports, viewer, id);
    expect(restored).toMatchObject({ state: 'ACTIVE', trashedAt: null, version: 3 });
    expect(await readMemo(ports, viewer, id)).toEqual(restored);
  });

  test('gives a memo trashed again its 30 days anew', async () => {
    const { id } = await someTrashed(viewer, 'a');
    await restoreMemo(ports, viewer, id);
    const trashedAt = ports.pass(1000);
    expect(await trashMemo(ports, viewer, id)).toMatchObject({ trashedAt });
  });

  test.each(['ACTIVE', 'ARCHIVED'] as const)('leaves an %s memo as it is', async (state) => {
    const { id } = await createMemo(ports, viewer, { title: 'a' });
    const memo = await updateMemo(ports, viewer, { id, state });
    expect(await restoreMemo(ports, viewer, id)).toEqual(memo);
  });
});

describe('purgeMemo', () => {
  test.each(['ACTIVE', 'ARCHIVED', 'TRASHED'] as const)(
    'deletes an %s memo for good',
    async (state) => {
      const who = someViewer();
      const { id } = await createMemo(ports, who, { title: 'a', body: 'b', tags: ['c'] });
      await updateMemo(ports, who, { id, state });
      expect(await purgeMemo(ports, who, id)).toBe(true);
      const { edges } = await listMemos(ports, who, { filter: { state } });
      expect(edges).toEqual([]);
      for (const act of [readMemo, purgeMemo, trashMemo, restoreMemo]) {
        expect(await errorOf(act(ports, who, id))).toMatchObject({ code: 'NOT_FOUND' });
      }
    },
  );

  test('is NOT_FOUND once the 30 days in the trash are over', async () => {
    const later = memosOn(table);
    const { id } = await createMemo(later, viewer, { title: 'a' });
    await trashMemo(later, viewer, id);
    later.pass(30 * DAY_MS);
    expect(await errorOf(purgeMemo(later, viewer, id))).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('lets one of several at the same time succeed', async () => {
    const { id } = await createMemo(ports, viewer, { title: 'a' });
    const purges = [1, 2, 3].map(() => purgeMemo(ports, viewer, id));
    const results = await Promise.allSettled(purges);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('is for an EDITOR of the pad', async () => {
    const [padId, writer, reader] = [someUlid(), someViewer(), someViewer()];
    ports.setRole(padId, writer, 'EDITOR');
    ports.setRole(padId, reader, 'VIEWER');
    const { id } = await createMemo(ports, writer, { title: 'a', padId });
    expect(await errorOf(purgeMemo(ports, reader, id))).toMatchObject({ code: 'FORBIDDEN' });
    expect(await errorOf(purgeMemo(ports, viewer, id))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await errorOf(purgeMemo(ports, null, id))).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await purgeMemo(ports, writer, id)).toBe(true);
  });
});

describe('emptyTrash', () => {
  test('purges what is in the trash, and nothing else', async () => {
    const who = someViewer();
    const { id } = await createMemo(ports, who, { title: 'active' });
    const archived = await createMemo(ports, who, { title: 'archived' });
    await updateMemo(ports, who, { id: archived.id, state: 'ARCHIVED' });
    const { id: trashed } = await someTrashed(who, 'trashed');
    await someTrashed(who, 'trashed and pinned', true);
    expect(await emptyTrash(ports, who)).toBe(2);
    expect(await emptyTrash(ports, who)).toBe(0);
    expect(await trashOf(who)).toEqual([]);
    expect(await errorOf(readMemo(ports, who, trashed))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await readMemo(ports, who, id)).toMatchObject({ title: 'active' });
    expect(await readMemo(ports, who, archived.id)).toMatchObject({ title: 'archived' });
  });

  test('purges 100 a call, the longest untouched first, pinned or not', async () => {
    const who = someViewer();
    const memo = await createMemo(ports, who, { title: 'a' });
    const trash = (index: number) => {
      const [ulid, trashedAt] = [someUlid(), ports.pass(1)];
      const title = { title: `${index}`, pinned: index % 3 === 0 };
      const trashed = { state: 'TRASHED', trashedAt, updatedAt: trashedAt } as const;
      return ports.memos.create({ ...memo, ...title, ...trashed, ulid });
    };
    await Promise.all(Array.from(Array(103).keys(), trash));
    expect(await emptyTrash(ports, who)).toBe(100);
    expect((await trashOf(who)).sort()).toEqual(['100', '101', '102']);
    expect(await emptyTrash(ports, who)).toBe(3);
    expect(await emptyTrash(ports, who)).toBe(0);
  });

  test('skips a memo that was written to meanwhile', async () => {
    const who = someViewer();
    const { id } = await someTrashed(who, 'restored');
    await someTrashed(who, 'purged');
    const list: typeof ports.memos.list = async (request) => {
      const slice = await ports.memos.list(request);
      await restoreMemo(ports, who, id);
      return slice;
    };
    expect(await emptyTrash({ ...ports, memos: { ...ports.memos, list } }, who)).toBe(1);
    expect(await readMemo(ports, who, id)).toMatchObject({ state: 'ACTIVE' });
  });

  test('does not count what counts as purged already', async () => {
    const [who, later] = [someViewer(), memosOn(table)];
    const [old, edited, young] = await Promise.all(
      ['old', 'edited', 'young'].map((title) => createMemo(later, who, { title })),
    );
    await trashMemo(later, who, old!.id);
    await trashMemo(later, who, edited!.id);
    later.pass(DAY_MS);
    await updateMemo(later, who, { id: edited!.id, title: 'edited in the trash' });
    await trashMemo(later, who, young!.id);
    later.pass(29 * DAY_MS);
    expect(await emptyTrash(later, who)).toBe(1);
    expect(await errorOf(readMemo(later, who, young!.id))).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('is for an EDITOR of the pad', async () => {
    const [padId, writer, reader] = [someUlid(), someViewer(), someViewer()];
    ports.setRole(padId, writer, 'EDITOR');
    ports.setRole(padId, reader, 'VIEWER');
    const { id } = await createMemo(ports, writer, { title: 'a', padId });
    await trashMemo(ports, writer, id);
    expect(await errorOf(emptyTrash(ports, reader, padId))).toMatchObject({ code: 'FORBIDDEN' });
    expect(await errorOf(emptyTrash(ports, viewer, padId))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await errorOf(emptyTrash(ports, null))).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await emptyTrash(ports, writer, padId)).toBe(1);
  });
});
