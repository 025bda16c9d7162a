import { describe, expect, test } from '@jest/globals';
import { createMemo, readMemo, SET_TASK_DONE, setTaskDone, updateMemo } from './memos.ts';
import { expectRefusal } from './refusal.ts';
import type { Stage } from './stage.ts';

const BODY = [
  '# 장보기 🛒',
  '- [ ] milk',
  '* [x] **bread**',
  '  + [X] 김치  ',
  '1. [ ] eggs',
  '```',
  '- [ ] only code',
  '```',
  'text - [ ] is no task',
  '- [] neither is this',
  '- [ ] last\r',
  '',
].join('\n');

/** Tasks: the checklist lines of a memo's body, ticked without touching anything else. */
export function tasksContract(stage: Stage): void {
  test('the tasks of a memo are the checklist lines of its body, in order', async () => {
    const memo = await createMemo(await stage.person('Mina'), { body: BODY });
    expect(memo.tasks.map(({ index, done }) => [index, done])).toEqual([
      [0, false],
      [1, true],
      [2, true],
      [3, false],
      [4, false],
    ]);
    expect(memo.tasks.map(({ text }) => text.trim())).toEqual([
      'milk',
      '**bread**',
      '김치',
      'eggs',
      'last',
    ]);
    expect(memo).toMatchObject({ taskCount: 5, doneTaskCount: 2 });
  });

  describe('ticking a task', () => {
    test.each([
      [0, '- [ ] milk', '- [x] milk'],
      [3, '1. [ ] eggs', '1. [x] eggs'],
      [4, '- [ ] last\r', '- [x] last\r'],
    ])('changes its box and no other character (task %i)', async (index, before, after) => {
      const mina = await stage.person('Mina');
      const { id } = await createMemo(mina, { body: BODY });
      const variables = { memoId: id, index, done: true, expectedVersion: 1 };
      const memo = await setTaskDone(mina, variables);
      expect(memo).toMatchObject({ version: 2, doneTaskCount: 3 });
      expect(memo.body).toBe(BODY.replace(before, after));
      const undone = await setTaskDone(mina, { ...variables, done: false, expectedVersion: 2 });
      expect(undone.body).toBe(BODY);
    });

    test('that is done already writes nothing', async () => {
      const mina = await stage.person('Mina');
      const memo = await createMemo(mina, { body: BODY });
      const variables = { memoId: memo.id, index: 1, done: true, expectedVersion: 1 };
      expect(await setTaskDone(mina, variables)).toEqual(memo);
    });

    test.each([-1, 5, 2_147_483_647])('that isn’t there is refused (task %i)', async (index) => {
      const mina = await stage.person('Mina');
      const memo = await createMemo(mina, { body: BODY });
      const variables = { memoId: memo.id, index, done: true, expectedVersion: 1 };
      await expectRefusal(mina.attempt(SET_TASK_DONE, variables), 'BAD_USER_INPUT', /task/);
      expect(await readMemo(mina, memo.id)).toEqual(memo);
    });

    test('is a conflict when the body has changed since the tasks were numbered', async () => {
      const mina = await stage.person('Mina');
      const { id } = await createMemo(mina, { body: BODY });
      const now = await updateMemo(mina, { id, body: `- [ ] first\n${BODY}` });
      const variables = { memoId: id, index: 0, done: true, expectedVersion: 1 };
      const error = await expectRefusal(
        mina.attempt(SET_TASK_DONE, variables),
        'CONFLICT',
        /version/,
      );
      expect(error.extensions.current).toMatchObject({ id, version: 2, body: now.body });
      expect(await readMemo(mina, id)).toEqual(now);
    });
  });
}
