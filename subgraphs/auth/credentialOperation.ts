import { MemopadError } from '#domain/errors.ts';

/**
 * One request tries one secret: aliases would multiply guesses, and the hashes they cost. The
 * gateway refuses such a document before anything runs; this holds whoever calls the subgraph.
 */
export function allowOnce(): () => void {
  let isClaimed = false;
  return () => {
    if (isClaimed) {
      throw new MemopadError(
        'BAD_USER_INPUT',
        'Expected one of signUp, signIn, refreshSession and changePassword in a request, got another.',
      );
    }
    isClaimed = true;
  };
}
