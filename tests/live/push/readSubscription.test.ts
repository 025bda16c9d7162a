import { describe, expect, test } from '@jest/globals';
import { getNamedType, isObjectType } from 'graphql';
import { VIEWER_FIELDS } from '#domain/memo/viewerFields.ts';
import { API } from '#live/push/api.ts';
import { readSubscription } from '#live/push/readSubscription.ts';
import { SubscriptionRefused } from '#live/push/refusal.ts';
import { makeRunnable } from '#live/push/runnable.ts';

const read = (query: string, variables: object = {}) =>
  readSubscription({ query, variables: { ...variables } });

function refusalOf(query: string, variables: object = {}): string {
  try {
    read(query, variables);
  } catch (error) {
    if (error instanceof SubscriptionRefused) {
      expect(error.errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
      return error.message;
    }
    throw error;
  }
  throw new Error('Expected a refusal.');
}

describe('a subscription becomes a query', () => {
  test('whose pad and cursor are given from outside, and which tells where it ends', () => {
    const { padId, since, document } = read(
      'subscription Mine($p: ID!) { memoChanges(padId: $p, since: "E.3") { to changes { seq } } }',
      { p: 'P' },
    );
    expect({ padId, since }).toEqual({ padId: 'P', since: 'E.3' });
    expect(makeRunnable(document).query(3)).toEqual({
      text: 'query MemoChanges($live_padId:ID!$live_since:String!){memoChanges(padId:$live_padId since:$live_since first:5){live_to:to live_reset:reset to changes{seq}}}',
      pageSize: 5,
    });
    expect(document.variables).toEqual({});
  });

  test('that is one and the same for all who select the same, however they ask', () => {
    const selection = '{ changes { seq memo { title } } }';
    const { hash } = read(`subscription { memoChanges(padId: "P") ${selection} }`).document;
    const same = [
      [`subscription Other { memoChanges(padId: "Q", since: "E.1") ${selection} }`, {}],
      [
        `subscription ($p: ID!, $s: String) { memoChanges(since: $s, padId: $p) ${selection} }`,
        { p: 'P', s: 'E.2' },
      ],
      [
        'subscription { ...F } fragment F on Subscription { memoChanges(padId: "P") { changes { seq memo { title } } } }',
        {},
      ],
      [
        `subscription { memoChanges(padId: "P") # why
        ${selection.replaceAll(' ', '\n\t ')} }`,
        { unknown: 1 },
      ],
    ] as const;
    for (const [query, variables] of same) expect(read(query, variables).document.hash).toBe(hash);
    const others = [
      [`subscription { mine: memoChanges(padId: "P") ${selection} }`, {}],
      ['subscription { memoChanges(padId: "P") { changes { seq } } }', {}],
      [
        'subscription ($x: Boolean!) { memoChanges(padId: "P") { changes { seq memo @include(if: $x) { title } } } }',
        { x: true },
      ],
    ] as const;
    for (const [query, variables] of others) {
      expect(read(query, variables).document.hash).not.toBe(hash);
    }
  });

  test('is another one for other values of the variables that are left', () => {
    const query =
      'subscription ($p: ID!, $x: Boolean!) { memoChanges(padId: $p) { changes { seq memo @include(if: $x) { title } } } }';
    const [one, other] = [read(query, { p: 'P', x: true }), read(query, { p: 'P', x: false })];
    expect(one.document.variables).toEqual({ x: true });
    expect(one.document.query).toBe(other.document.query);
    expect(one.document.hash).not.toBe(other.document.hash);
  });

  test('knows the names in its answers, through fragments, aliases and conditions', () => {
    const { document } = read(
      `subscription ($p: ID!, $x: Boolean = false) {
        mine: memoChanges(padId: $p) { ...B end: to changes { m: memo { title } } } }
      fragment B on MemoChangeBatch { reset @skip(if: true) to @include(if: $x) list: changes { seq } }`,
      { p: 'P' },
    );
    const { batchKey, batchFields, changeFields } = makeRunnable(document);
    expect(batchKey).toBe('mine');
    expect([...batchFields]).toEqual([
      ['list', 'changes'],
      ['end', 'to'],
      ['changes', 'changes'],
    ]);
    expect([...changeFields]).toEqual([
      ['seq', 'seq'],
      ['m', 'memo'],
    ]);
  });
});

describe('refused is', () => {
  const selection = '{ memoChanges(padId: "P") { to } }';
  test.each([
    ['a query', '{ me { id } }', /subscriptions alone, send it over HTTP/],
    ['a mutation', 'mutation { signOut }', /got a mutation/],
    ['no operation', 'fragment F on Memo { id }', /one operation.*got 0/],
    ['more than one', `subscription A ${selection} subscription B ${selection}`, /got 2/],
    ['what is no GraphQL', 'subscription {', /Syntax Error/],
    ['an unknown field', 'subscription { memoChanges(padId: "P") { nothing } }', /nothing/],
    [
      'two fields',
      'subscription { a: memoChanges(padId: "P") { to } b: memoChanges(padId: "P") { to } }',
      /one top level field/,
    ],
    ['introspection', 'subscription { __typename }', /introspection/],
    ['a missing pad', 'subscription { memoChanges { to } }', /padId/],
    ['a missing variable', 'subscription ($p: ID!) { memoChanges(padId: $p) { to } }', /\$p/],
    ['a name of ours', 'subscription { memoChanges(padId: "P") { live_to: from } }', /live_/],
    [
      'a variable of ours',
      'subscription ($live_since: String) { memoChanges(padId: "P", since: $live_since) { to } }',
      /live_/,
    ],
    [
      'a condition at the root',
      'subscription ($x: Boolean!) { memoChanges(padId: "P") @skip(if: $x) { to } }',
      /root|skip/,
    ],
    [
      'a condition around the root',
      'subscription ($x: Boolean!) { ... @include(if: $x) { memoChanges(padId: "P") { to } } }',
      /root|include/,
    ],
    ['too long a document', `subscription ${selection} #${'x'.repeat(20_000)}`, /at most 20000/],
    [
      'too many words',
      `subscription { memoChanges(padId: "P") { ${'to '.repeat(1_000)} } }`,
      /tokens|1000/,
    ],
  ])('%s', (_, query, message) => {
    expect(refusalOf(query, { x: true })).toMatch(message);
  });

  test('a maze of fragments, in no time', () => {
    const spreads = Array.from({ length: 90 }, (__, index) => {
      return `fragment F${index} on Subscription { ...F${index + 1} ...F${index + 1} }`;
    });
    const end = 'fragment F90 on Subscription { memoChanges(padId: "P") { to } }';
    expect(read(`subscription { ...F0 } ${spreads.join(' ')} ${end}`).padId).toBe('P');
    expect(refusalOf('subscription { ...F } fragment F on Subscription { ...F }')).toMatch(/./);
  });

  test('another operation than the one that is named', () => {
    const query = 'subscription A { memoChanges(padId: "P") { to } }';
    expect(() => readSubscription({ query, operationName: 'B' })).toThrow(/operationName/);
    expect(readSubscription({ query, operationName: 'A' }).padId).toBe('P');
  });
});

describe('fields that depend on who asks', () => {
  test.each([
    ['author { email }', 'User.email'],
    ['lastEditor { mail: email }', 'User.email'],
    ['pad { role }', 'Pad.role'],
    ['pad { personal }', 'Pad.personal'],
    ['pad { members { role } }', 'Pad.members'],
    ['pad { invites { id } }', 'Pad.invites'],
    ['pad { memos { nodes { id } } }', 'Pad.memos'],
    ['...F', 'User.email'],
  ])('are refused: %s', (selection, field) => {
    const fragment =
      selection === '...F' ? 'fragment F on Memo { author { ... on User { email } } }' : '';
    const query = `subscription { memoChanges(padId: "P") { changes { memo { ${selection} } } } } ${fragment}`;
    expect(refusalOf(query)).toContain(`got ${field}:`);
  });

  test('are decided about: every field that a change can lead to is one of these or the same for everybody', () => {
    const same: string[] = [];
    const seen = new Set<string>();
    const walk = (typeName: string): void => {
      const type = API.getType(typeName);
      if (seen.has(typeName) || !isObjectType(type)) return;
      seen.add(typeName);
      for (const { name, type: fieldType } of Object.values(type.getFields())) {
        if (Object.hasOwn(VIEWER_FIELDS, `${typeName}.${name}`)) continue;
        same.push(`${typeName}.${name}`);
        walk(getNamedType(fieldType).name);
      }
    };
    walk('MemoChangeBatch');
    expect(same.filter((field) => !field.startsWith('Memo')).sort()).toEqual([
      ...['Pad.createdAt', 'Pad.id', 'Pad.name', 'Task.done', 'Task.index', 'Task.text'],
      ...['User.createdAt', 'User.displayName', 'User.id'],
    ]);
  });
});
