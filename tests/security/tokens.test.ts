import { beforeAll } from '@jest/globals';
import { MemopadError } from '#domain/errors.ts';
import { createTestIssuer, type TestIssuer } from '#tests/support/issuer.ts';
import { refusesForgedTokens } from './tokens.ts';

let issuer: TestIssuer;

beforeAll(async () => {
  issuer = await createTestIssuer();
});

refusesForgedTokens({
  issuer: () => issuer,
  ask: (authorization) =>
    issuer.verify(authorization).then(
      () => 'SERVED',
      (error) => (error instanceof MemopadError ? error.code : Promise.reject(error)),
    ),
});
