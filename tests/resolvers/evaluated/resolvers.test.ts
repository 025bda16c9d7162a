import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { SIGNED_OUT } from '#domain/viewer/accessClaims.ts';
import { isUlid } from '#domain/viewer/ulid.ts';
import { useEvaluation } from '#tests/support/evaluation.ts';

const evaluation = useEvaluation();

const VIEWER = '01KG5V1B00AAAAAAAAAAAAAAAA';
const PAD = '01KG5V1B00BBBBBBBBBBBBBBBB';
const MEMO = '01KG5V1B00CCCCCCCCCCCCCCCC';
const CLAIMS = {
  token_use: 'access',
  sub: VIEWER,
  sid: '01KG5V1B00DDDDDDDDDDDDDDDD',
  aud: 'memopad',
  jti: '01KG5V1B00EEEEEEEEEEEEEEEE',
  iat: 1_700_000_000,
};

const identity = (claims: object = {}) => ({
  sub: VIEWER,
  issuer: 'https://issuer.example',
  claims: { ...CLAIMS, ...claims },
});
const asked = { identity: identity(), request: { headers: {} }, env: {} };

describe('a memo', () => {
  const readMemo = evaluation.resolver('Query.memo');
  const id = `${PAD}.${MEMO}`;

  test('is nobody’s who has not signed in', async () => {
    const { error } = await readMemo('request', { ...asked, identity: null, arguments: { id } });
    expect(error).toBe(SIGNED_OUT.message);
  });

  test('is nobody’s with a token for another use', async () => {
    const context = { ...asked, identity: identity({ token_use: 'watch' }), arguments: { id } };
    expect((await readMemo('request', context)).error).toMatch(/token/);
  });

  test('in a foreign pad costs one strong read of the membership', async () => {
    const { stash, error } = await readMemo('request', { ...asked, arguments: { id } });
    expect(error).toBeUndefined();
    const { result } = await evaluation.step('Query.memo', 0)('request', { ...asked, stash });
    expect(result).toMatchObject({
      operation: 'GetItem',
      key: { PK: { S: `PAD#${PAD}` }, SK: { S: `MEMBER#${VIEWER}` } },
      consistentRead: true,
    });
  });

  test('in the personal pad costs none', async () => {
    const own = { ...asked, arguments: { id: `${VIEWER}.${MEMO}` } };
    const { stash } = await readMemo('request', own);
    const { result } = await evaluation.step('Query.memo', 0)('request', { ...asked, stash });
    expect(result).toBe('OWNER');
  });
});

describe('a new memo', () => {
  const create = evaluation.step('Mutation.createMemo', 1);
  const write = async (input: object) => {
    const context = { ...asked, arguments: { input } };
    const { stash } = await evaluation.resolver('Mutation.createMemo')('request', context);
    return create('request', { ...context, stash });
  };

  test('is one conditional write', async () => {
    const { result, error } = await write({ body: '# 장보기\n- [ ] 우유', tags: ['집'] });
    expect(error).toBeUndefined();
    expect(result).toMatchObject({
      operation: 'PutItem',
      key: { PK: { S: `PAD#${VIEWER}` } },
      condition: { expression: 'attribute_not_exists(SK)' },
    });
    expect(isUlid(result.key.SK.S.slice('MEMO#'.length))).toBe(true);
    expect(JSON.stringify(result.attributeValues)).toContain('장보기');
  });

  test('that is too long is refused', async () => {
    // The context of an evaluation has 28,000 characters; a memo's limit is in bytes.
    const { error } = await write({
      body: 'x',
      tags: Array.from({ length: 200 }, (_, n) => `t${n}`),
    });
    expect(error).toMatch(/^Expected/);
  });
});

test('an invite is kept with the SHA-256 of its secret, and never with the secret', async () => {
  const access = { viewerId: VIEWER, padId: PAD, role: 'OWNER', action: 'MANAGE' };
  const context = {
    ...asked,
    arguments: { padId: PAD, role: 'VIEWER' },
    stash: { access, expiresAt: '2026-02-07T09:30:00.000Z' },
  };
  const write = evaluation.step('Mutation.createInvite', 2);
  const { result, stash, error } = await write('request', context);
  expect(error).toBeUndefined();
  const { secret } = stash.invite;
  const hash = createHash('sha256').update(secret).digest('base64url');
  expect(JSON.stringify(result)).toContain(hash);
  expect(JSON.stringify(result)).not.toContain(secret);
});

/** Faults that come from a context without anything in it are none of the code's. */
const isRefusal = (error: string): boolean => /^(LINT|PARSER|SYNTAX|MISSING)/.test(error);

test('every resolver and every step is code that AppSync takes', async () => {
  const codes = [...(await evaluation.codes())];
  expect(codes.length).toBeGreaterThan(40);
  const refused: string[] = [];
  for (const [name, code] of codes) {
    const { codeErrors } = await evaluation.evaluate(code, 'request');
    refused.push(...codeErrors.filter(isRefusal).map((error) => `${name}: ${error}`));
  }
  expect(refused).toEqual([]);
});
