import { expect, test } from '@jest/globals';
import { matchesArguments, matchesFilters } from '#local/appsync/realtime/filters.ts';

const PAYLOAD = {
  id: 'p1',
  rank: 5,
  done: false,
  tags: ['a', 'b'],
  author: { id: 'u1', name: null },
};

const holds = (fieldName: string, operator: string, value: unknown) =>
  matchesFilters({ filterGroup: [{ filters: [{ fieldName, operator, value }] }] }, PAYLOAD);

test.each([
  ['id', 'eq', 'p1', 'p2'],
  ['done', 'eq', false, true],
  ['rank', 'eq', 5, '5'],
  ['id', 'ne', 'p2', 'p1'],
  ['rank', 'le', 5, 4],
  ['rank', 'lt', 6, 5],
  ['rank', 'ge', 5, 6],
  ['rank', 'gt', 4, 5],
  ['id', 'gt', 'p0', 5],
  ['id', 'contains', '1', '2'],
  ['tags', 'contains', 'a', 'c'],
  ['tags', 'notContains', 'c', 'a'],
  ['id', 'beginsWith', 'p', 'q'],
  ['rank', 'in', [4, 5], [4]],
  ['rank', 'notIn', [4], [4, 5]],
  ['rank', 'between', [5, 6], [6, 7]],
  ['tags', 'containsAny', ['c', 'b'], ['c', 'd']],
  ['author.id', 'eq', 'u1', 'u2'],
  ['author.id.none', 'eq', null, 'u1'],
])('%s %s %j, and not %j', (field, operator, right, wrong) => {
  expect([holds(field, operator, right), holds(field, operator, wrong)]).toEqual([true, false]);
});

test('an operator nobody knows lets nothing through', () => {
  expect(holds('id', 'like', 'p1')).toBe(false);
});

test('one group is enough, and in a group all filters', () => {
  const eq = (fieldName: string, value: unknown) => ({ fieldName, operator: 'eq', value });
  const right = eq('id', 'p1');
  const wrong = eq('rank', 1);
  const group = (...filters: object[]) => ({ filters: filters as (typeof right)[] });
  expect(matchesFilters({ filterGroup: [group(wrong), group(right)] }, PAYLOAD)).toBe(true);
  expect(matchesFilters({ filterGroup: [group(right, wrong)] }, PAYLOAD)).toBe(false);
  expect(matchesFilters({ filterGroup: [] }, PAYLOAD)).toBe(false);
});

test('arguments are equal to fields of their names; null is a value', () => {
  expect(matchesArguments({}, PAYLOAD)).toBe(true);
  expect(matchesArguments({ id: 'p1', rank: 5 }, PAYLOAD)).toBe(true);
  expect(matchesArguments({ id: 'p1', rank: 6 }, PAYLOAD)).toBe(false);
  expect(matchesArguments({ missing: null }, PAYLOAD)).toBe(true);
  expect(matchesArguments({ id: null }, PAYLOAD)).toBe(false);
});
