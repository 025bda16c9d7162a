import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, SignJWT } from 'jose';
import { createVerifier, type VerifyAuthorization } from '#domain/viewer/accessToken.ts';
import type { Subgraph } from '#domain/viewer/subgraphRequest.ts';
import { createGateway } from '#gateway/server.ts';
import { openLogFile } from '#local/folder/logFile.ts';
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

const logFolder = mkdtempSync(join(tmpdir(), 'memopad-bench-log-'));
process.on('exit', () => rmSync(logFolder, { recursive: true, force: true }));

/** The log that `npm start` keeps, in a folder of its own. */
export const { log } = openLogFile({ folder: logFolder });

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
    log,
  });
  const { url } = await listen(gateway.http, { port: 0, host: '127.0.0.1' });
  answerBench({ url: `${url}/graphql`, headers: { authorization } });
}
