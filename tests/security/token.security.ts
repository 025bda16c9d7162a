import { describe } from '@jest/globals';
import type { Stage } from '#tests/contract/stage.ts';
import { refusesForgedTokens, type TokenOutcome } from './tokens.ts';

const QUERY = JSON.stringify({ query: '{ pads { id } }' });

/** The same claims, signed by the issuer, in another writing. */
const TAKEN_BY_APPSYNC = [
  'a good token without a scheme',
  'padding',
  'surplus bits in the signature',
  '8 KB',
  'a claim twice',
];

/** Forged tokens, sent to the door as an attacker would. */
export function tokenSecurity(stage: Stage): void {
  describe('at the endpoint', () => {
    refusesForgedTokens({
      taken: stage.differs('tokenTexts') ? TAKEN_BY_APPSYNC : [],
      issuer: () => stage.door.issuer,
      async ask(authorization): Promise<TokenOutcome> {
        const headers = { 'content-type': 'application/json', authorization };
        const { status, errors } = await stage.door.send({ headers, body: QUERY });
        const code = errors[0]?.extensions.code as TokenOutcome | undefined;
        if (code === 'UNAUTHENTICATED' && status !== 401 && !stage.differs('otherTokens'))
          throw new Error(`Expected 401, got ${status}.`);
        return code ?? 'SERVED';
      },
    });
  });
}
