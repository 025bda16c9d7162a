import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as batches from '#domain/memo/batches.ts';
import * as content from '#domain/memo/content.ts';
import { BODY_RULE } from '#domain/memo/limits.ts';
import * as tasks from '#domain/memo/tasks.ts';
import * as text from '#domain/memo/text.ts';
import * as utf8 from '#domain/memo/utf8.ts';
import { loadWithShortLoops } from './shortLoops.ts';

describe('batchesOf', () => {
  test('parts a list of any length and keeps its order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), (length) => {
        const list = Array.from({ length }, (_, index) => index);
        const parts = batches.batchesOf(list);
        expect(parts.flat()).toEqual(list);
        expect(parts.slice(0, -1).every((part) => part.length === 500)).toBe(true);
        expect(parts.at(-1)?.length ?? 1).toBeGreaterThan(0);
      }),
    );
  });
});

/** Of 100,000 units, each with what decides at its very end. */
const LONG_BODIES = [
  ['many lines', `${'\n'.repeat(99_994)}- [x] `],
  ['tasks alone', '- [ ] \n'.repeat(14_285)],
  ['a done task behind many', `${'- [ ] \n'.repeat(14_284)}- [x] a`],
  ['code to the end', `${'~~~\n'.repeat(24_999)}- [`],
  ['one line', `${'가'.repeat(99_999)}🌱`.slice(0, 100_000)],
  ['marks', `${'> '.repeat(49_990)}end`],
  ['words', 'a '.repeat(50_000)],
  ['addresses', '[a](b) '.repeat(14_285)],
  ['tags', '<b>a</b>'.repeat(12_500)],
  ['a fence that is too long to be one', `${'`'.repeat(2_000)}\n- [ ] a`],
  ['a control character', `${'a'.repeat(99_999)}\u0000`],
  ['half a pair', `${'a'.repeat(99_999)}\ud83c`],
  ['halves in the wrong order', `${'a'.repeat(99_499)}\udf31\ud83c${'a'.repeat(499)}`],
  ['a pair across batches', `${'a'.repeat(499)}🌱${'\t'.repeat(99_499)}`],
] as const;

describe('where loops end behind the 1,000th turn', () => {
  test.each(LONG_BODIES)('a body of %s is judged as elsewhere', async (_, body) => {
    const short = {
      text: await loadWithShortLoops<typeof text>('domain/memo/text.ts'),
      content: await loadWithShortLoops<typeof content>('domain/memo/content.ts'),
    };
    expect(short.text.textProblem(body, BODY_RULE)).toBe(text.textProblem(body, BODY_RULE));
    expect({ ...short.content.factsOf(body) }).toEqual(content.factsOf(body));
  });

  test('the last of many tasks is found and ticked', async () => {
    const short = await loadWithShortLoops<typeof tasks>('domain/memo/tasks.ts');
    const body = '- [ ] \n'.repeat(14_285);
    expect(JSON.stringify(short.tasksOf(body))).toBe(JSON.stringify(tasks.tasksOf(body)));
    expect(short.tickTask(body, 14_284, true).body).toBe(tasks.tickTask(body, 14_284, true).body);
    expect(short.tickTask(body, 14_284, true).body).toMatch(/\n- \[x\] \n$/);
  });

  test('the loader does what it says', async () => {
    const short = await loadWithShortLoops<typeof utf8>('domain/memo/utf8.ts');
    expect(short.utf8Length('a'.repeat(600_000))).toBe(500_000);
  });
});

describe('utf8Length', () => {
  test('counts what Buffer counts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        const wellFormed = Buffer.from(text).toString();
        expect(utf8.utf8Length(wellFormed)).toBe(Buffer.byteLength(wellFormed));
      }),
    );
  });

  test.each(['a\u007f', '\u0080\u07ff', '\u0800\ud7ff\ue000\uffff', '\u{10000}\u{10ffff}'])(
    'counts %j, at the borders',
    (text) => {
      expect(utf8.utf8Length(text)).toBe(Buffer.byteLength(text));
    },
  );
});
