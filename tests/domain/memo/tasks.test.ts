import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { tasksOf, tickTask } from '#domain/memo/tasks.ts';

const shortly = (body: string) =>
  tasksOf(body).map(({ text, done }) => `${done ? 'x' : '_'} ${text}`);

const aLine = fc.oneof(
  fc.constantFrom(
    '- [ ] 우유',
    '* [x] b',
    '+ [X]\tc',
    '12) [ ] d',
    '  1. [ ] e',
    '- [ ]',
    '- [x](url)',
    '```',
    '~~~~ js',
    '> - [ ] f',
    '',
    'text [ ] text',
  ),
  fc.string({ unit: 'grapheme' }),
);
const aBody = fc
  .tuple(fc.array(aLine), fc.constantFrom('\n', '\r\n', '\r'))
  .map(([lines, lineEnd]) => lines.join(lineEnd));

describe('tasksOf', () => {
  test('numbers the checklist lines from 0', () => {
    expect(tasksOf('# 장보기\n- [ ] 우유\n\n- [x] 빵 `두 개`\n')).toEqual([
      { index: 0, text: '우유', done: false },
      { index: 1, text: '빵 `두 개`', done: true },
    ]);
  });

  test.each([
    [
      'every mark',
      '- [ ] a\n* [ ] b\n+ [ ] c\n1. [ ] d\n2) [ ] e',
      ['_ a', '_ b', '_ c', '_ d', '_ e'],
    ],
    ['both ticks', '- [x] a\n- [X] b', ['x a', 'x b']],
    ['lines at any depth', '- [ ] a\n  - [x] b\n\t\t1. [ ] c', ['_ a', 'x b', '_ c']],
    ['CRLF', '- [ ] a\r\n- [x] b\r\n', ['_ a', 'x b']],
    ['CR alone', '- [ ] a\r- [x] b', ['_ a', 'x b']],
    ['several spaces and tabs', '-   [ ]\ta b  ', ['_ a b']],
    ['a box and nothing else', '- [ ]\n- [x] ', ['_ ', 'x ']],
    ['a number of nine digits', '123456789. [ ] a', ['_ a']],
    ['a box within the text', '- [ ] a [x] b', ['_ a [x] b']],
    ['tasks around fenced code', '- [ ] a\n```\n- [ ] code\n```\n- [ ] b', ['_ a', '_ b']],
    ['tasks behind a fence of a list', '- ```sh\n  - [ ] code\n  ```\n- [ ] a', ['_ a']],
    ['tasks behind code within a line', '```a```\n- [ ] b', ['_ b']],
  ])('finds %s', (_, body, expected) => {
    expect(shortly(body)).toEqual(expected);
  });

  test.each([
    ['an empty body', ''],
    ['a box without a mark', '[ ] a'],
    ['a mark without a box', '- a [ ]'],
    ['a link', '- [x](https://example.com)'],
    ['a mark without a space', '-[ ] a'],
    ['a box without a space', '- [ ]a'],
    ['a box with something else', '- [y] a\n- [] b\n- [  ] c\n- [\u3000] d'],
    ['a number of ten digits', '1234567890. [ ] a'],
    ['a number without a point', '1 [ ] a'],
    ['a point without a number', '. [ ] a'],
    ['a line in an open fence', '```\n- [ ] a'],
    ['a line between tildes', '~~~\n- [ ] a\n```\n- [ ] b\n~~~'],
    ['a line in a longer fence', '````\n```\n- [ ] a\n````'],
    ['a line behind a fence with an info text', '```md\n- [ ] a\n``` js\n- [ ] b'],
    ['a line behind a marked fence', '```\n- ```\n- [ ] a'],
  ])('finds none in %s', (_, body) => {
    expect(shortly(body)).toEqual([]);
  });
});

describe('tickTask', () => {
  test('changes the one character in the box and no other task', () => {
    fc.assert(
      fc.property(aBody, fc.nat(20), fc.boolean(), (body, index, done) => {
        const before = tasksOf(body);
        const { body: after, problem } = tickTask(body, index, done);
        if (index >= before.length) {
          expect(after).toBeNull();
          expect(problem).toContain(`one of the memo's ${before.length} tasks`);
          return;
        }
        expect(problem).toBeNull();
        const wished = before.map((task) => (task.index === index ? { ...task, done } : task));
        expect(tasksOf(after!)).toEqual(wished);
        const changed = [...body].filter((character, at) => character !== [...after!][at]);
        expect(after!.length).toBe(body.length);
        expect(changed).toHaveLength(before[index]?.done === done ? 0 : 1);
      }),
      { numRuns: 300 },
    );
  });

  test('goes back to what it was', () => {
    fc.assert(
      fc.property(aBody, (body) => {
        for (const { index, done } of tasksOf(body)) {
          const there = tickTask(body, index, !done).body!;
          const back = tickTask(there, index, done).body!;
          expect(back.replaceAll('[x]', '[X]')).toBe(body.replaceAll('[x]', '[X]'));
        }
      }),
    );
  });

  test('leaves a task that is as wished as it is written', () => {
    expect(tickTask('- [X] a', 0, true)).toEqual({ body: '- [X] a', problem: null });
    expect(tickTask('- [ ] a', 0, false)).toEqual({ body: '- [ ] a', problem: null });
  });

  test('takes no index that is none', () => {
    for (const index of [-1, 0.5, 1, Number.NaN]) {
      expect(tickTask('- [ ] a', index, true).body).toBeNull();
    }
  });
});
