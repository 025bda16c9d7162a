import { generateKeyPairSync } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { devNull } from 'node:os';
import { createLocalJWKSet, SignJWT } from 'jose';
import type { Log } from '#domain/log.ts';
import { createVerifier, type VerifyAuthorization } from '#domain/viewer/accessToken.ts';
import type { Subgraph } from '#domain/viewer/subgraphRequest.ts';
import { createGateway } from '#gateway/server.ts';
import { listen } from '#one-process/nodeServer.ts';
import { answerBench } from '#tests/bench/harness/child.ts';

const ISSUER = 'http://127.0.0.1/bench';

/** What a signed-in client of the bench sends, and what checks it. */
export interface BenchViewer {
  readonly authorization: string;
  readonly verify: VerifyAuthorization;
}

/** A real signed token, good for an hour, and the check that production makes of it. */
export async function createBenchViewer(): Promise<BenchViewer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'bench' };
  const token = await new SignJWT({ sid: 'bench', scope: 'memopad', token_use: 'access' })
    .setProtectedHeader({ alg: 'RS256', kid: 'bench', typ: 'JWT' })
    .setIssuer(ISSUER)
    .setSubject('01JZXQ00000000000000000U00')
    .setAudience('memopad')
    .setJti('bench')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey);
  const keys = createLocalJWKSet({ keys: [jwk] });
  const verify = createVerifier({ issuer: ISSUER, keys, clock: Date.now });
  return { authorization: `Bearer ${token}`, verify };
}

const sink = createWriteStream(devNull);
/** Writes the lines that production writes, where nobody reads them. */
export const logToNowhere: Log = (entry) => {
  sink.write(`${JSON.stringify(entry)}\n`);
};

/** Serves our gateway over these subgraphs with everything on that production has. */
export async function serveMemopad(
  subgraphs: { readonly auth: Subgraph; readonly memo: Subgraph },
  { authorization, verify }: BenchViewer,
): Promise<void> {
  const gateway = await createGateway({
    subgraphs,
    verify,
    introspection: false,
    allowedOrigins: [],
    checkHealth: async () => {},
    log: logToNowhere,
  });
  const { url } = await listen(gateway.http, { port: 0, host: '127.0.0.1' });
  answerBench({ url: `${url}/graphql`, headers: { authorization } });
}
