import { describe, expect, test } from '@jest/globals';
import { compileFilters } from '#local/cloud/events/filter.ts';

const RECORD = {
  eventName: 'MODIFY',
  eventSource: 'aws:dynamodb',
  dynamodb: {
    ApproximateCreationDateTime: 1_700_000_000,
    Keys: { PK: { S: 'PAD#1' } },
    NewImage: {
      PK: { S: 'PAD#1' },
      kind: { S: 'Memo' },
      count: { N: '42' },
      done: { BOOL: true },
      gone: { NULL: true },
      tags: { SS: ['red', 'blue'] },
      steps: { L: [{ S: 'one' }, { S: 'two' }] },
      empty: { L: [] },
      author: { M: { name: { S: 'Ann' } } },
    },
  },
};

const matches = (...patterns: unknown[]): boolean =>
  compileFilters({ Filters: patterns.map((one) => ({ Pattern: JSON.stringify(one) })) })(RECORD);

const newImage = (pattern: object) => ({ dynamodb: { NewImage: pattern } });

describe('a pattern', () => {
  test.each([
    ['a value', { eventName: ['MODIFY'] }, true],
    ['another value', { eventName: ['INSERT'] }, false],
    ['one of several values', { eventName: ['INSERT', 'MODIFY'] }, true],
    ['a value in another case', { eventName: ['modify'] }, false],
    ['all of several members', { eventName: ['MODIFY'], eventSource: ['aws:dynamodb'] }, true],
    ['not all of several members', { eventName: ['MODIFY'], eventSource: ['aws:s3'] }, false],
    ['a nested value', newImage({ kind: { S: ['Memo'] } }), true],
    ['a nested value without its type', newImage({ kind: ['Memo'] }), false],
    ['a value deep in a map', newImage({ author: { M: { name: { S: ['Ann'] } } } }), true],
    ['what is not there', newImage({ title: { S: ['Memo'] } }), false],
    ['true', newImage({ done: { BOOL: [true] } }), true],
    ['false for true', newImage({ done: { BOOL: [false] } }), false],
    ['one of a set', newImage({ tags: { SS: ['blue'] } }), true],
    ['none of a set', newImage({ tags: { SS: ['green'] } }), false],
    ['one in a list', newImage({ steps: { L: { S: ['two'] } } }), true],
    ['none in a list', newImage({ steps: { L: { S: ['three'] } } }), false],
    ['a name every object inherits', newImage({ constructor: [{ exists: true }] }), false],
    ['a prefix', newImage({ PK: { S: [{ prefix: 'PAD#' }] } }), true],
    ['another prefix', newImage({ PK: { S: [{ prefix: 'USER#' }] } }), false],
    ['a suffix', newImage({ kind: { S: [{ suffix: 'emo' }] } }), true],
    ['another suffix', newImage({ kind: { S: [{ suffix: 'Mem' }] } }), false],
    ['any case', newImage({ kind: { S: [{ 'equals-ignore-case': 'mEMO' }] } }), true],
    ['any case of another', newImage({ kind: { S: [{ 'equals-ignore-case': 'Memos' }] } }), false],
    ['anything but another', newImage({ kind: { S: [{ 'anything-but': ['Pad'] }] } }), true],
    ['anything but it', newImage({ kind: { S: [{ 'anything-but': ['Pad', 'Memo'] }] } }), false],
    ['anything but one, as a text', newImage({ kind: { S: [{ 'anything-but': 'Memo' }] } }), false],
    ['anything but, of nothing', newImage({ title: { S: [{ 'anything-but': 'x' }] } }), false],
    ['existing', newImage({ kind: { S: [{ exists: true }] } }), true],
    ['existing, of nothing', newImage({ title: { S: [{ exists: true }] } }), false],
    ['missing', newImage({ title: { S: [{ exists: false }] } }), true],
    ['missing, of something', newImage({ kind: { S: [{ exists: false }] } }), false],
    ['missing, of an object: only values exist', newImage({ kind: [{ exists: false }] }), true],
    ['existing, of an object', newImage({ kind: [{ exists: true }] }), false],
    [
      'a number above',
      { dynamodb: { ApproximateCreationDateTime: [{ numeric: ['>', 0] }] } },
      true,
    ],
    [
      'a number between',
      { dynamodb: { ApproximateCreationDateTime: [{ numeric: ['>', 0, '<=', 1_700_000_000] }] } },
      true,
    ],
    [
      'a number just outside',
      { dynamodb: { ApproximateCreationDateTime: [{ numeric: ['>', 0, '<', 1_700_000_000] }] } },
      false,
    ],
    ["numeric, of DynamoDB's numbers", newImage({ count: { N: [{ numeric: ['>', 1] }] } }), false],
    ["the text of DynamoDB's numbers", newImage({ count: { N: ['42'] } }), true],
    ['any rule of a list', newImage({ kind: { S: ['Pad', { prefix: 'Me' }] } }), true],
    ['one of $or', { $or: [{ eventName: ['INSERT'] }, newImage({ kind: { S: ['Memo'] } })] }, true],
    ['none of $or', { $or: [{ eventName: ['INSERT'] }, { eventName: ['REMOVE'] }] }, false],
    [
      '$or beside other members',
      { eventName: ['INSERT'], $or: [{ eventName: ['MODIFY'] }, { eventName: ['REMOVE'] }] },
      false,
    ],
    [
      'a nested $or',
      newImage({ $or: [{ kind: { S: ['Pad'] } }, { PK: { S: [{ prefix: 'PAD#' }] } }] }),
      true,
    ],
  ])('with %s: %j is %p', (_what, pattern, expected) => {
    expect(matches(pattern)).toBe(expected);
  });

  test.each([
    ['no JSON', 'single-string', 'JSON, got single-string'],
    ['a list', '[]', 'an object with members'],
    ['nothing', '{}', 'an object with members'],
    ['a bare value', '{"eventName":"INSERT"}', 'an object with members at /eventName'],
    ['an empty list', '{"eventName":[]}', 'at least one rule at /eventName'],
    ['an unknown rule', '{"a":[{"wildcard":"x*"}]}', 'one rule we know at /a'],
    ['a rule of two', '{"a":[{"prefix":"x","suffix":"y"}]}', 'one rule we know at /a'],
    ["an object's own member", '{"a":[{"toString":"x"}]}', 'one rule we know at /a'],
    ['a number as prefix', '{"a":[{"prefix":1}]}', 'a text for prefix at /a'],
    ['exists of a text', '{"a":[{"exists":"yes"}]}', 'true or false for exists at /a'],
    ['an unknown comparison', '{"a":[{"numeric":["!",1]}]}', 'a comparison and a number at /a'],
    ['half a range', '{"a":[{"numeric":[">"]}]}', 'one or two bounds at /a'],
    ['anything but an object', '{"a":[{"anything-but":{"prefix":"x"}}]}', 'anything-but at /a'],
    ['$or of one', '{"$or":[{"a":[1]}]}', 'at least two patterns for $or'],
    ['too long a text', `{"a":["${'x'.repeat(4096)}"]}`, 'at most 4096 characters'],
  ])('of %s is refused', (_what, Pattern, expected) => {
    const compile = () => compileFilters({ Filters: [{ Pattern }] });
    expect(compile).toThrow('Invalid filter pattern definition.');
    expect(compile).toThrow(expected);
  });
});

describe('filters', () => {
  test('let through what one of them matches', () => {
    expect(matches({ eventName: ['INSERT'] }, { eventName: ['MODIFY'] })).toBe(true);
    expect(matches({ eventName: ['INSERT'] }, { eventName: ['REMOVE'] })).toBe(false);
  });

  test('let everything through when there are none', () => {
    expect(compileFilters(undefined)(RECORD)).toBe(true);
    expect(matches()).toBe(true);
  });

  test('are at most five, and nothing else', () => {
    const Filters = Array.from({ length: 6 }, () => ({ Pattern: '{"a":[1]}' }));
    expect(() => compileFilters({ Filters })).toThrow('at most 5 filters, got 6');
    expect(() => compileFilters({ Filters: [], KmsKeyArn: 'x' })).toThrow('only a list of Filters');
  });
});
