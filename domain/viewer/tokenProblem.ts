import { errors } from 'jose';

/** Says what is wrong with a token that jose refused: what was expected and what came, nothing of the token itself. */
export function tokenProblem(error: errors.JOSEError, issuer: string): string {
  if (error instanceof errors.JWTExpired) return 'it has expired; refresh the session';
  if (error instanceof errors.JWTClaimValidationFailed) return claimProblem(error, issuer);
  if (error instanceof errors.JWKSNoMatchingKey) {
    return `expected a token that ${issuer} signed, no key published there has its kid`;
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return `expected a token that ${issuer} signed, got one with another signature`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return 'expected the algorithm RS256, got another';
  return 'expected a signed JWT, got something else';
}

/** jose names only claims that it was told to look at, so that a claim's name is never the sender's own text. */
function claimProblem(error: errors.JWTClaimValidationFailed, issuer: string): string {
  const { claim, reason } = error;
  if (reason === 'missing') return `expected the claim "${claim}", got none`;
  if (reason === 'invalid') return `expected the claim "${claim}" to be a number`;
  if (claim === 'iss') return `expected the issuer ${issuer}, got another`;
  if (claim === 'aud') return 'expected the audience "memopad", got another';
  if (claim === 'nbf') return 'expected it to be valid by now, it will be later';
  return `its claim "${claim}" is not acceptable`;
}
