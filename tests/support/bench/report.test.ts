import { describe, expect, test } from '@jest/globals';
import type { Bench, Goal } from '#tests/bench/harness/findings.ts';
import { isReached } from '#tests/bench/harness/findings.ts';
import {
  formatNumber,
  formatSection,
  formatTable,
  replaceSection,
} from '#tests/bench/harness/report.ts';

const bench: Bench = {
  name: 'gateway',
  title: 'Gateway',
  about: 'What it measures.',
  run: () => Promise.reject(new Error('not run here')),
};
const circumstances = { date: '2026-01-31', machine: '2 cores', rounds: 3, seconds: 10 };
const goal: Goal = { id: 'P1', what: 'rate', atLeast: 5, unit: '×', measured: 4.5 };

describe('a table', () => {
  test('lines its columns up, names to the left and numbers to the right', () => {
    const table = formatTable(
      ['set-up', 'µs'],
      [
        ['Memopad', 82.34],
        ['기본', 1438],
      ],
    );
    expect(table.split('\n')).toEqual([
      '| set-up  |    µs |',
      '| ------- | ----: |',
      '| Memopad |  82.3 |',
      '| 기본      | 1,438 |',
    ]);
  });

  test.each([
    [1438.4, '1,438'],
    [99.95, '100.0'],
    [5.414, '5.41'],
    [0.0123, '0.012'],
    [0, '0.00'],
    [Number.NaN, 'none'],
  ])('writes %d as %s', (value, expected) => {
    expect(formatNumber(value)).toBe(expected);
  });
});

describe('a section', () => {
  test('says what was missed by how much, and how noisy the machine was', () => {
    const noise = { shares: [0.02, 0.2, 0.04], repeated: 2 };
    const section = formatSection(bench, { tables: [], goals: [goal], noise }, circumstances);
    expect(section).toContain('Not reached: P1, rate: 4.50× instead of ≥ 5×.');
    expect(section).toContain(
      'others took 4 % of a core in the median and 20 % at worst, 2 runs were repeated for it, 1 kept although noisier than 15 %',
    );
  });

  test('says why a goal is not due yet', () => {
    const findings = {
      tables: [],
      goals: [{ ...goal, later: 'waits for a signer' }],
      noise: { shares: [0], repeated: 0 },
    };
    const section = formatSection(bench, findings, circumstances);
    expect(section).toContain('4.50× instead of ≥ 5×; it waits for a signer.');
  });
});

describe('a goal', () => {
  test.each([
    [{ atLeast: 5, measured: 5 }, true],
    [{ atLeast: 5, measured: 4.99 }, false],
    [{ atMost: 3, measured: 3.1 }, false],
    [{ atMost: 3, measured: 2 }, true],
    [{ atLeast: 5, measured: Number.NaN }, false],
  ])('%j is reached: %s', (numbers, expected) => {
    expect(isReached({ id: 'P', what: 'it', unit: '×', ...numbers })).toBe(expected);
  });
});

describe('results.md', () => {
  const document = '# Results\n\n## Gateway\n\nold\n\n### V\n\n## Start-up\n\nkept\n';

  test('has the section of a bench that ran again replaced, the others kept in place', () => {
    const replaced = replaceSection(document, 'Gateway', '## Gateway\n\nnew\n');
    expect(replaced).toBe('# Results\n\n## Gateway\n\nnew\n\n## Start-up\n\nkept\n');
  });

  test('has a new section at its end', () => {
    const added = replaceSection(document, 'Import', '## Import\n\nnew\n');
    expect(added.endsWith('kept\n\n## Import\n\nnew\n')).toBe(true);
  });
});
