import { createPublicKey, generateKeyPair } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ErrorCode } from '#domain/errors.ts';
import { FORGED_HEADERS, goodHeader } from './forgedTokens.ts';
import type { Attacker, Forge, TokenIssuer } from './tokenForge.ts';

/** Something that takes access tokens. */
export interface TokenDoor {
  /** Asked when a test runs. */
  readonly issuer: () => TokenIssuer;
  /** Sends a request that is served with any good token; the whole `Authorization` header is given. */
  readonly ask: (authorization: string) => Promise<TokenOutcome>;
  /** Forgeries that this door takes: others write the token in another way, but nobody else can have signed it. */
  readonly taken?: readonly string[] | undefined;
  /** The door's time in milliseconds since 1970; real time when left out. */
  readonly clock?: () => number;
}

/** What a request came to: served, or refused with this code. */
export type TokenOutcome = 'SERVED' | ErrorCode;

/** Tries every forged token at a door, and a good one, without which the refusals would prove nothing. */
export function refusesForgedTokens({
  issuer,
  ask,
  taken = [],
  clock = Date.now,
}: TokenDoor): void {
  describe('an access token', () => {
    const attacker = useAttacker();
    const forge = (): Forge => ({
      issuer: issuer(),
      attacker: attacker(),
      now: Math.floor(clock() / 1000),
    });

    test('is taken when it is good', async () => {
      expect(await ask(goodHeader(forge()))).toBe('SERVED');
    });

    test.each(Object.entries(FORGED_HEADERS))('is refused: %s', async (name, forgeHeader) => {
      const expected = taken.includes(name) ? 'SERVED' : 'UNAUTHENTICATED';
      expect(await ask(forgeHeader(forge()))).toBe(expected);
    });

    test('never makes the door ask another host for keys', () => {
      expect(attacker().visits()).toBe(0);
    });
  });
}

interface AttackerWithServer extends Attacker {
  /** How often somebody came for the attacker's keys. */
  visits(): number;
}

/** An attacker who serves the key they sign with before the tests around it, and stops after them. */
function useAttacker(): () => AttackerWithServer {
  let server: Server;
  let attacker: AttackerWithServer | undefined;
  beforeAll(async () => {
    const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    const publicJwk = createPublicKey(privateKey).export({ format: 'jwk' });
    let visits = 0;
    server = createServer((_, response) => {
      visits += 1;
      response.end(JSON.stringify({ keys: [{ ...publicJwk, alg: 'RS256', use: 'sig' }] }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    attacker = { privateKey, publicJwk, jwksUrl: urlOf(server), visits: () => visits };
  });
  afterAll(async () => {
    server.close();
    await once(server, 'close');
  });
  return () => attacker ?? fail('The attacker is there only while a test runs.');
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
}

function fail(message: string): never {
  throw new Error(message);
}
