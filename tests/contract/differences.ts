/** A way in which the doors differ, and will go on to. `npm run parity` writes them into the README. */
export interface Difference {
  readonly what: string;
  readonly federated: string;
  readonly appsync: string;
  readonly reason: string;
}

/** By name, for tests that expect one thing at one door and another at the other. */
export const DIFFERENCES = {
  nobody: {
    what: 'a request without a token',
    federated: 'public fields run, `me` is null',
    appsync: 'needs the API key, and runs `signUp`, `signIn` and `refreshSession` alone',
    reason: 'AppSync has no anonymous requests',
  },
  validatorWords: {
    what: 'what is wrong with a document, a variable or a token',
    federated: 'our words',
    appsync:
      'AppSync’s words, without `errorType` or with one of its own (`MalformedSyntaxException`, `UnauthorizedException`); `readAppSyncAnswer` of client/ makes the same code of it',
    reason: 'it is found before any code of ours runs',
  },
  challenge: {
    what: 'the 401 of a bad token',
    federated: 'has `WWW-Authenticate`',
    appsync: 'has none',
    reason: 'AppSync writes its headers',
  },
  otherTokens: {
    what: 'a good token of ours that is no access token: a watch token, or one for others, too',
    federated: '401',
    appsync: '200, `UNAUTHENTICATED` for each field',
    reason: 'AppSync checks signature, issuer, audience and expiry, our resolvers the rest',
  },
  tokenTexts: {
    what: 'an access token written in another way: padded, very long, with a claim twice',
    federated: '401',
    appsync: 'as AppSync reads it; nobody but the issuer could have signed it',
    reason: 'a resolver sees claims, not the token',
  },
  pages: {
    what: 'a browser page of another origin',
    federated: 'may read answers when its origin is allowed',
    appsync: 'may read answers',
    reason: 'AppSync allows every origin (`*`); a token never goes along by itself',
  },
  cost: {
    what: 'an operation that asks for too much',
    federated: 'is refused by depth, aliases, directives, tokens and reckoned cost',
    appsync: 'is refused by depth, number of resolvers and AppSync’s own 30 seconds',
    reason: 'AppSync has no other limits, and no code of ours runs before an operation',
  },
  guesses: {
    what: 'many guesses of a password in one request',
    federated: 'refused as a document',
    appsync: 'the first wrong one ends the request',
    reason:
      'as above; one after the other, attempts are limited by the auth service behind both doors',
  },
  tries: {
    what: 'a change of a memo without `expectedVersion` that others keep overtaking',
    federated: 'CONFLICT after three tries, with pauses between them',
    appsync: 'CONFLICT after two; each failed condition costs a strong read',
    reason: 'a pipeline can’t loop or wait, and AppSync reads what stands in a write’s way',
  },
  trash: {
    what: '`emptyTrash`',
    federated: 'purges each memo by a write of its own, and skips those that others write to',
    appsync:
      'purges all of it or nothing by a transaction, 3 W a memo, of 3 MB of bodies at most; tries once more without those that others wrote to, then CONFLICT',
    reason: 'a pipeline has ten steps, a transaction 100 items and 4 MB',
  },
  bodies: {
    what: 'a request for more than 4 MB of bodies or 20,000 tasks',
    federated: 'PAYLOAD_TOO_LARGE',
    appsync: 'answered, as far as AppSync’s own limits go',
    reason: 'fields of one request know nothing of each other',
  },
} as const satisfies Readonly<Record<string, Difference>>;

export type DifferenceName = keyof typeof DIFFERENCES;
