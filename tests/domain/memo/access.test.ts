import { describe, expect, test } from '@jest/globals';
import { type AccessDecision, decideAccess, type PadAction } from '#domain/memo/access.ts';
import { authorize } from '#domain/memo/authorize.ts';
import type { PadRole } from '#domain/memo/role.ts';

const MINA = '01JZZZZZZZZZZZZZZZZZZZZZZA';
const PAD = '01JZZZZZZZZZZZZZZZZZZZZZZP';

describe('decideAccess', () => {
  test.each<[PadRole | null, PadAction, AccessDecision]>([
    ['OWNER', 'READ', 'ALLOWED_MEMBER'],
    ['OWNER', 'WRITE', 'ALLOWED_MEMBER'],
    ['OWNER', 'MANAGE', 'ALLOWED_MEMBER'],
    ['EDITOR', 'READ', 'ALLOWED_MEMBER'],
    ['EDITOR', 'WRITE', 'ALLOWED_MEMBER'],
    ['EDITOR', 'MANAGE', 'DENIED_ROLE'],
    ['VIEWER', 'READ', 'ALLOWED_MEMBER'],
    ['VIEWER', 'WRITE', 'DENIED_ROLE'],
    ['VIEWER', 'MANAGE', 'DENIED_ROLE'],
    [null, 'READ', 'DENIED_NOT_MEMBER'],
    [null, 'WRITE', 'DENIED_NOT_MEMBER'],
    [null, 'MANAGE', 'DENIED_NOT_MEMBER'],
  ])('%s may %s: %s', (role, action, decision) => {
    expect(decideAccess(MINA, PAD, role, action)).toBe(decision);
    expect(decideAccess(null, PAD, role, action)).toBe('DENIED_SIGNED_OUT');
    expect(decideAccess(MINA, MINA, role, action)).toBe('ALLOWED_PERSONAL_PAD');
  });
});

describe('authorize', () => {
  const viewer = { userId: MINA, sessionId: 'any' };
  const noReads = { role: () => Promise.reject(new Error('Expected no read.')) };
  const members = (role: PadRole | null) => ({
    role: async (padId: string, userId: string) => (padId === PAD && userId === MINA ? role : null),
  });

  test('gives the viewer’s role', async () => {
    expect(await authorize(members('VIEWER'), viewer, PAD, 'READ')).toBe('VIEWER');
    expect(await authorize(members('EDITOR'), viewer, PAD, 'WRITE')).toBe('EDITOR');
  });

  test('knows the owner of a personal pad without a read', async () => {
    expect(await authorize(noReads, viewer, MINA, 'MANAGE')).toBe('OWNER');
  });

  test('refuses nobody without a read', async () => {
    const refusal = { code: 'UNAUTHENTICATED', message: expect.stringMatching(/access token/) };
    await expect(authorize(noReads, null, PAD, 'READ')).rejects.toMatchObject(refusal);
    await expect(authorize(noReads, null, MINA, 'READ')).rejects.toMatchObject(refusal);
  });

  test.each(['', 'x', `${PAD}#`, PAD.toLowerCase(), 'P'.repeat(100_000)])(
    'finds no pad by an id that can’t be one, without a read (%#)',
    async (padId) => {
      const answer = authorize(noReads, viewer, padId, 'READ');
      await expect(answer).rejects.toMatchObject({ code: 'NOT_FOUND' });
    },
  );

  test.each<PadAction>(['READ', 'WRITE', 'MANAGE'])(
    'finds no pad for a stranger who wants to %s',
    async (action) => {
      await expect(authorize(members(null), viewer, PAD, action)).rejects.toMatchObject({
        code: 'NOT_FOUND',
        message: 'Expected the id of a pad the viewer is a member of.',
      });
    },
  );

  test.each<[PadRole, PadAction, PadRole]>([
    ['VIEWER', 'WRITE', 'EDITOR'],
    ['VIEWER', 'MANAGE', 'OWNER'],
    ['EDITOR', 'MANAGE', 'OWNER'],
  ])('tells a %s who wants to %s that it takes %s', async (role, action, needed) => {
    await expect(authorize(members(role), viewer, PAD, action)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: `Expected at least the role ${needed} in this pad, the viewer's role is ${role}.`,
    });
  });
});
