import { describe, expect, test } from '@jest/globals';
import { createMemo } from '#domain/memo/createMemo.ts';
import { readMemo } from '#domain/memo/readMemo.ts';
import { setTaskDone } from '#domain/memo/setTaskDone.ts';
import { errorOf, someViewer, useMemos } from '#tests/support/memos.ts';

const { ports } = useMemos();
const viewer = someViewer();

const BODY = '# 할 일\r\n- [ ] 우유\r\n- [X] 빵\r\n';

describe('setTaskDone', () => {
  test('ticks a task and counts it', async () => {
    const { id } = await createMemo(ports, viewer, { title: 'a', body: BODY });
    const ticked = await setTaskDone(ports, viewer, {
      memoId: id,
      index: 0,
      done: true,
      expectedVersion: 1,
    });
    expect(ticked).toMatchObject({
      body: '# 할 일\r\n- [x] 우유\r\n- [X] 빵\r\n',
      version: 2,
      taskCount: 2,
      doneTaskCount: 2,
    });
    expect(await readMemo(ports, viewer, id)).toEqual(ticked);
  });

  test('writes nothing for a task that is as wished', async () => {
    const memo = await createMemo(ports, viewer, { title: 'a', body: BODY });
    const wish = { memoId: memo.id, index: 1, done: true, expectedVersion: 1 };
    expect(await setTaskDone(ports, viewer, wish)).toEqual(memo);
  });

  test('is CONFLICT for another version, whose tasks may be others', async () => {
    const { id } = await createMemo(ports, viewer, { title: 'a', body: BODY });
    const wish = { memoId: id, index: 9, done: true, expectedVersion: 2 };
    expect(await errorOf(setTaskDone(ports, viewer, wish))).toMatchObject({
      code: 'CONFLICT',
      details: { current: { id, version: 1, body: BODY } },
    });
  });

  test.each([2, -1, 2 ** 31 - 1])('refuses the index %s of two tasks', async (index) => {
    const { id } = await createMemo(ports, viewer, { title: 'a', body: BODY });
    const wish = { memoId: id, index, done: true, expectedVersion: 1 };
    expect(await errorOf(setTaskDone(ports, viewer, wish))).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: `Expected the index of one of the memo's 2 tasks, from 0; got ${index}.`,
    });
  });

  test('is NOT_FOUND for others and UNAUTHENTICATED for nobody', async () => {
    const { id } = await createMemo(ports, viewer, { title: 'a', body: BODY });
    const wish = { memoId: id, index: 0, done: true, expectedVersion: 1 };
    const tick = (who: typeof viewer | null) => errorOf(setTaskDone(ports, who, wish));
    expect(await tick(someViewer())).toMatchObject({ code: 'NOT_FOUND' });
    expect(await tick(null)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
