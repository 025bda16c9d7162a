import { generateKeyPairSync } from 'node:crypto';
import { createLocalJWKSet, SignJWT } from 'jose';
import { createVerifier } from '#domain/viewer/accessToken.ts';
import { answerBench } from '#tests/bench/harness/child.ts';

export interface TokenTask {
  readonly kind: 'first' | 'repeated';
  readonly checks: number;
}

const ISSUER = 'http://127.0.0.1/bench';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = { ...publicKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'bench' };
const verify = createVerifier({
  issuer: ISSUER,
  keys: createLocalJWKSet({ keys: [jwk] }),
  clock: Date.now,
});

/** How long one check takes, in microseconds. */
async function checkTokens({ kind, checks }: TokenTask): Promise<number> {
  const tokens = await makeTokens(kind === 'first' ? checks : 1);
  const headers = tokens.map((token) => `Bearer ${token}`);
  if (kind === 'repeated') await verify(headers[0]);
  const startedAt = performance.now();
  for (let index = 0; index < checks; index += 1) await verify(headers[index % headers.length]);
  return ((performance.now() - startedAt) * 1000) / checks;
}

async function makeTokens(count: number): Promise<string[]> {
  const tokens: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const token = new SignJWT({
      sid: 'bench',
      client_id: 'memopad',
      scope: 'memopad',
      token_use: 'access',
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'bench', typ: 'JWT' })
      .setIssuer(ISSUER)
      .setSubject('01JZXQ00000000000000000U00')
      .setAudience('memopad')
      .setJti(`${process.hrtime.bigint()}`)
      .setIssuedAt()
      .setExpirationTime('15min');
    tokens.push(await token.sign(privateKey));
  }
  return tokens;
}

answerBench(null, checkTokens);
