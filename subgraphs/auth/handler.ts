import { createLocalJWKSet } from 'jose';
import { createVerifier } from '#domain/viewer/accessToken.ts';
import { createAuth } from './createAuth.ts';
import { readAuthOptions } from './readOptions.ts';
import { createAuthSubgraph } from './server.ts';

const options = await readAuthOptions();
const { issuer, signingKey, log } = options;
const keys = createLocalJWKSet({ keys: [...signingKey.published] });
const verify = createVerifier({ issuer, keys, clock: Date.now, acceptWatch: true });

/** The Lambda function that the gateway calls. */
export const handler = createAuthSubgraph(createAuth(options), { verify, log });
