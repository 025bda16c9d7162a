import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { argon2Verify } from 'hash-wasm';
import { createPasswordHasher, PASSWORD_COST } from '#domain/auth/passwordHash.ts';
import { CHEAP } from './useAuth.ts';

const cheap = createPasswordHasher({ cost: CHEAP, randomBytes });

describe('a password hash', () => {
  test('is a PHC string of argon2id at the cost OWASP recommends, as others read it', async () => {
    const phc = await createPasswordHasher({ randomBytes }).hash('비밀번호 words');
    expect(phc).toMatch(
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
    );
    expect(await argon2Verify({ password: '비밀번호 words', hash: phc })).toBe(true);
  });

  test('matches its password alone', async () => {
    const phc = await cheap.hash('right');
    expect(await cheap.matches('right', phc)).toBe(true);
    for (const wrong of ['wrong', 'Right', 'right ', 'r']) {
      expect(await cheap.matches(wrong, phc)).toBe(false);
    }
  });

  test('is salted: the same password never gives the same hash', async () => {
    expect(await cheap.hash('same')).not.toBe(await cheap.hash('same'));
  });

  test('that is a decoy costs the same and matches nothing', async () => {
    expect(cheap.decoy.split('$')[3]).toBe((await cheap.hash('any')).split('$')[3]);
    expect(await cheap.matches('any', cheap.decoy)).toBe(false);
    expect(createPasswordHasher({ randomBytes }).isOutdated(cheap.decoy)).toBe(true);
  });

  test.each([
    ['memory', { memoryKib: PASSWORD_COST.memoryKib - 1 }, true],
    ['iterations', { iterations: PASSWORD_COST.iterations - 1 }, true],
    ['nothing', {}, false],
    ['nothing, being dearer,', { memoryKib: PASSWORD_COST.memoryKib * 2 }, false],
  ])('is outdated when it lacks %s', (_, change, isOutdated) => {
    const old = createPasswordHasher({ cost: { ...PASSWORD_COST, ...change }, randomBytes });
    expect(createPasswordHasher({ randomBytes }).isOutdated(old.decoy)).toBe(isOutdated);
  });

  test.each([
    '',
    'plain text',
    '$2b$12$abcdefghijklmnopqrstuv',
    '$argon2i$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA',
  ])('is not %j', async (phc) => {
    await expect(cheap.matches('any', phc)).rejects.toThrow(/PHC string/);
  });
});
