import { describe, expect, test } from '@jest/globals';
import { buildSchema, getOperationAST, Kind, parse, validate } from 'graphql';
import { readWatchDocument } from '#client/watchDocument.ts';
import { apiSdl } from '#schema/generated/apiSdl.ts';

const schema = buildSchema(apiSdl);

describe('a document that watches changes', () => {
  test.each([
    [
      'with a variable of its own stays as it is',
      'subscription W($padId: ID!, $cursor: String) { memoChanges(padId: $padId, since: $cursor) { changes { seq } } }',
      { variable: 'cursor', since: undefined, key: 'memoChanges' },
    ],
    [
      'with the cursor in its text gets a variable',
      'subscription W { memoChanges(padId: "p", since: "A.12") { changes { seq } } }',
      { variable: 'since', since: 'A.12', key: 'memoChanges' },
    ],
    [
      'with null for a cursor gets a variable',
      'subscription($padId: ID!) { memoChanges(since: null padId: $padId) { to } }',
      { variable: 'since', since: undefined, key: 'memoChanges' },
    ],
    [
      'without a cursor gets a variable',
      'subscription\n{\n  news: memoChanges(padId: "p")\n  { changes { memo { title } } }\n}',
      { variable: 'since', since: undefined, key: 'news' },
    ],
    [
      'with another use for $since gets another variable',
      'subscription ($since: ID!) { memoChanges(padId: $since) { to } }',
      { variable: 'sinceCursor', since: undefined, key: 'memoChanges' },
    ],
    [
      'may hold comments that look like one',
      '# subscription { old: memoChanges(padId: "x", since: "A.1") { to }\nsubscription W { # memoChanges(\n memoChanges(padId: "#p") { to } }',
      { variable: 'since', since: undefined, key: 'memoChanges' },
    ],
    [
      'may have its fragment before it, and directives',
      'fragment F on Subscription { memoChanges(padId: "p") @include(if: true) { ...B } } fragment B on MemoChangeBatch { changes { seq } } subscription S { ...F }',
      { variable: 'since', since: undefined, key: 'memoChanges' },
    ],
  ])('%s', (_what, text, { variable, since, key }) => {
    const document = readWatchDocument(text);
    expect(document).toMatchObject({ variable, since, key });
    const parsed = parse(document?.query ?? '');
    expect(validate(schema, parsed)).toEqual([]);
    const variables = getOperationAST(parsed)?.variableDefinitions ?? [];
    expect(variables.map((definition) => definition.variable.name.value)).toContain(variable);
    expect(selectedIn(document?.query ?? '')).toEqual(
      expect.arrayContaining(['padId', 'from', 'to', 'caughtUp', 'reset']),
    );
  });
});

test.each([
  ['a query of the same name', 'query { memoChanges(padId: "p") { to } }'],
  ['another subscription', 'subscription { greetings }'],
  ['no document at all', 'subscription { memoChanges'],
])('%s is left alone', (_what, text) => {
  expect(readWatchDocument(text)).toBeUndefined();
});

/** The fields of the batch. */
function selectedIn(text: string): string[] {
  return parse(text).definitions.flatMap((definition) => {
    if (!('selectionSet' in definition)) return [];
    return definition.selectionSet.selections.flatMap((field) => {
      if (field.kind !== Kind.FIELD || field.name.value !== 'memoChanges') return [];
      const batch = field.selectionSet?.selections ?? [];
      return batch.flatMap((part) => (part.kind === Kind.FIELD ? [part.name.value] : []));
    });
  });
}
