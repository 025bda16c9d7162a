import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isoTime } from '#domain/clock.ts';
import { type MemoFilter, passesFilter } from '#domain/memo/filter.ts';
import type { MemoSummary } from '#domain/memo/memo.ts';
import { cutPage, cutToBytes } from '#domain/memo/page.ts';
import { aSummary } from '#tests/support/memoArbitraries.ts';

const NEVER = isoTime(0);
const ALL: MemoFilter = {
  state: 'ACTIVE',
  pinned: null,
  tags: [],
  hasOpenTasks: null,
  color: null,
};
const red = { ...ALL, color: 'RED' } as const;

const someSummaries = fc.array(
  aSummary.map((summary) => ({ ...summary, state: 'ACTIVE' as const, trashedAt: null })),
  { maxLength: 12 },
);
const sum = (summaries: readonly MemoSummary[]) =>
  summaries.reduce((bytes, { bodyBytes }) => bytes + bodyBytes, 0);

describe('cutPage', () => {
  test('walks all summaries that pass, each once and in order, whatever is read at a time', () => {
    fc.assert(
      fc.property(
        someSummaries,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom(ALL, red),
        (summaries, first, limit, filter) => {
          const shown: MemoSummary[] = [];
          for (let start = 0, goesOn = true; goesOn; ) {
            const slice = summaries.slice(start, start + limit);
            const more = start + limit < summaries.length;
            const page = cutPage({ summaries: slice, more }, first, filter, NEVER);
            expect(page.shown.length).toBeLessThanOrEqual(first);
            shown.push(...page.shown);
            goesOn = page.hasNextPage;
            start = page.end
              ? summaries.indexOf(page.end as (typeof summaries)[number]) + 1
              : start;
          }
          expect(shown).toEqual(summaries.filter((one) => passesFilter(one, filter, NEVER)));
        },
      ),
    );
  });

  test('ends at the last summary looked at, shown or not', () => {
    fc.assert(
      fc.property(someSummaries, (given) => {
        const summaries = given.map((summary) => ({ ...summary, color: 'GRAY' as const }));
        const page = cutPage({ summaries, more: true }, 5, red, NEVER);
        expect(page).toEqual({ shown: [], end: summaries.at(-1) ?? null, hasNextPage: true });
      }),
    );
  });
});

describe('cutToBytes', () => {
  test('shows as many as fit, at least one, and says when it left some out', () => {
    fc.assert(
      fc.property(someSummaries, fc.nat(500_000), fc.boolean(), (summaries, maxBytes, more) => {
        const page = cutPage({ summaries, more }, 100, ALL, NEVER);
        const cut = cutToBytes(page, maxBytes);
        const { length } = cut.shown;
        expect(cut.shown).toEqual(page.shown.slice(0, length));
        if (length === page.shown.length) expect(cut).toEqual(page);
        else {
          expect(cut).toMatchObject({ end: cut.shown.at(-1), hasNextPage: true });
          expect(length).toBeGreaterThan(0);
          expect(sum(page.shown.slice(0, length + 1))).toBeGreaterThan(maxBytes);
        }
        if (length > 1) expect(sum(cut.shown)).toBeLessThanOrEqual(maxBytes);
      }),
    );
  });
});
