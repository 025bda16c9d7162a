import { randomBytes } from 'node:crypto';
import { createWatchTokenIssuer, type WatchToken } from '#domain/auth/issueWatchToken.ts';
import { openKey } from './openKey.ts';
import { config } from './watch/config.ts';

const issue = createWatchTokenIssuer({
  issuer: config.issuer,
  signingKey: await openKey(config),
  clock: Date.now,
  randomBytes,
});

/** The Lambda function that the live service alone may invoke: it issues watch tokens. */
export const handler = ({ padId }: { readonly padId: string }): Promise<WatchToken> => issue(padId);
