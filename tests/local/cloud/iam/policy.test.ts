import { describe, expect, test } from '@jest/globals';
import { decide, type Statement } from '#local/cloud/iam/policy.ts';
import { StartError } from '#local/startError.ts';

const TABLE = 'arn:aws:dynamodb:ap-northeast-2:000000000000:table/memos';
const allow = (rest: Partial<Statement>): Statement => ({
  Effect: 'Allow',
  Action: 'dynamodb:GetItem',
  Resource: TABLE,
  ...rest,
});
const deny = (rest: Partial<Statement>): Statement => ({ ...allow(rest), Effect: 'Deny' });

describe('one statement', () => {
  test.each<[string, Statement, string, string, string]>([
    ['the very action and resource', allow({}), 'dynamodb:GetItem', TABLE, 'ALLOWED'],
    ['another action', allow({}), 'dynamodb:PutItem', TABLE, 'DENIED_BY_DEFAULT'],
    ['another resource', allow({}), 'dynamodb:GetItem', `${TABLE}2`, 'DENIED_BY_DEFAULT'],
    ['an index of it', allow({}), 'dynamodb:GetItem', `${TABLE}/index/a`, 'DENIED_BY_DEFAULT'],
    [
      'actions in any case',
      allow({ Action: 'DYNAMODB:getitem' }),
      'dynamodb:GetItem',
      TABLE,
      'ALLOWED',
    ],
    [
      'resources in their own case',
      allow({ Resource: TABLE.toUpperCase() }),
      'dynamodb:GetItem',
      TABLE,
      'DENIED_BY_DEFAULT',
    ],
    [
      'a list',
      allow({ Action: ['a:b', 'dynamodb:GetItem'] }),
      'dynamodb:GetItem',
      TABLE,
      'ALLOWED',
    ],
    [
      'a star',
      allow({ Action: 'dynamodb:*Item', Resource: '*' }),
      'dynamodb:GetItem',
      TABLE,
      'ALLOWED',
    ],
    [
      'a star that stands for nothing',
      allow({ Resource: `${TABLE}*` }),
      'dynamodb:GetItem',
      TABLE,
      'ALLOWED',
    ],
    [
      'a star across slashes and colons',
      allow({ Resource: 'arn:*/memos' }),
      'dynamodb:GetItem',
      TABLE,
      'ALLOWED',
    ],
    [
      'a star in the middle only',
      allow({ Action: 'dynamodb:Get*' }),
      'dynamodb:BatchGetItem',
      TABLE,
      'DENIED_BY_DEFAULT',
    ],
    [
      'a question mark',
      allow({ Resource: TABLE.replace('memos', 'mem?s') }),
      'dynamodb:GetItem',
      TABLE,
      'ALLOWED',
    ],
    [
      'a question mark for nothing',
      allow({ Resource: `${TABLE}?` }),
      'dynamodb:GetItem',
      TABLE,
      'DENIED_BY_DEFAULT',
    ],
    [
      'a dot for any character',
      allow({ Resource: TABLE.replace('memos', 'mem.s') }),
      'dynamodb:GetItem',
      TABLE,
      'DENIED_BY_DEFAULT',
    ],
  ])('%s', (_name, statement, action, resource, decision) => {
    expect(decide([statement], action, resource)).toBe(decision);
  });

  test('NotAction means every other action', () => {
    const { Action: _, ...rest } = allow({});
    const statement = { ...rest, NotAction: ['dynamodb:Delete*'] };
    expect(decide([statement], 'dynamodb:GetItem', TABLE)).toBe('ALLOWED');
    expect(decide([statement], 'dynamodb:DeleteItem', TABLE)).toBe('DENIED_BY_DEFAULT');
  });
});

test('nothing said is a denial', () => {
  expect(decide([], 'dynamodb:GetItem', TABLE)).toBe('DENIED_BY_DEFAULT');
});

test('an explicit denial beats every allowance, whichever comes first', () => {
  const all = allow({ Action: '*', Resource: '*' });
  expect(decide([all, deny({})], 'dynamodb:GetItem', TABLE)).toBe('DENIED_EXPLICITLY');
  expect(decide([deny({}), all], 'dynamodb:GetItem', TABLE)).toBe('DENIED_EXPLICITLY');
  expect(decide([deny({}), all], 'dynamodb:PutItem', TABLE)).toBe('ALLOWED');
});

describe('what can’t be evaluated is never passed over', () => {
  const { Action: _, ...withoutAction } = allow({});
  test.each<[string, object, string]>([
    ['a condition', allow({ Condition: { StringEquals: {} } } as never), 'the element Condition'],
    ['NotResource', { ...allow({}), NotResource: '*' }, 'the element NotResource'],
    ['a principal', { ...allow({}), Principal: '*' }, 'the element Principal'],
    ['an element nobody knows', { ...allow({}), Color: 'red' }, 'the element Color'],
    ['another effect', { ...allow({}), Effect: 'Maybe' }, 'the Effect "Maybe"'],
    ['no action', withoutAction, 'not exactly one of Action and NotAction'],
    ['both kinds of action', { ...allow({}), NotAction: 'a:b' }, 'not exactly one of Action'],
    ['no resource', { Effect: 'Allow', Action: 'a:b' }, 'undefined for a text'],
    ['a function for a resource', allow({ Resource: { Ref: 'Table' } } as never), 'for a text'],
    [
      'a policy variable',
      allow({ Resource: ['arn:aws:s3:::b/$', '{aws:username}'].join('') }),
      'the policy variable',
    ],
  ])('%s', (_name, statement, why) => {
    const asking = () => decide([statement as Statement], 'dynamodb:GetItem', TABLE);
    expect(asking).toThrow(StartError);
    expect(asking).toThrow(why);
    expect(asking).toThrow(JSON.stringify(statement));
  });

  test('a denial next to it doesn’t hide it', () => {
    const strange = { ...allow({}), Color: 'red' } as Statement;
    expect(() => decide([deny({}), strange], 'dynamodb:GetItem', TABLE)).toThrow('Color');
  });
});
