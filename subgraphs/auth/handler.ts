import { createLocalJWKSet } from 'jose';
import { createVerifier } from '#domain/viewer/accessToken.ts';
import { createAuthFunction } from './answerUsers.ts';
import { createAuth } from './createAuth.ts';
import { readAuthOptions } from './readOptions.ts';
import { createAuthSubgraph } from './server.ts';

const options = await readAuthOptions();
const { issuer, signingKey, log } = options;
const keys = createLocalJWKSet({ keys: [...signingKey.published] });
const verify = createVerifier({ issuer, keys, clock: Date.now, acceptWatch: true });

/** The Lambda function that the gateway calls, and the AppSync door, which asks for users in batches. */
export const handler = createAuthFunction(createAuthSubgraph(createAuth(options), { verify, log }));
