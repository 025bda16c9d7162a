import { expect, test } from '@jest/globals';
import { createCallers } from '#local/cloud/iam/callers.ts';
import type { Statement } from '#local/cloud/iam/policy.ts';

const STATEMENT: Statement = { Effect: 'Allow', Action: 'a:b', Resource: '*' };

test('each caller has credentials of its own, shaped as a role’s', () => {
  const callers = createCallers();
  const one = callers.add({ principal: 'arn:one', statements: [] });
  const other = callers.add({ principal: 'arn:other', statements: [STATEMENT] });
  expect(one.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
  expect(one.secretAccessKey).toMatch(/^[\w+/]{40}$/);
  expect(callers.find(other.accessKeyId)).toEqual({
    ...other,
    principal: 'arn:other',
    statements: [STATEMENT],
  });
  expect(new Set([one, other].flatMap(Object.values)).size).toBe(6);
  expect(callers.find('ASIAOTHER')).toBeUndefined();
});

test('a statement that can’t be evaluated is refused before the first call', () => {
  const statement = { ...STATEMENT, Condition: { Bool: { 'aws:SecureTransport': 'true' } } };
  expect(() => createCallers().add({ principal: 'arn:one', statements: [statement] })).toThrow(
    'the element Condition',
  );
});
