import { createLocalJWKSet } from 'jose';
import type { PasswordCost } from '#domain/auth/passwordHash.ts';
import type { SigningKey } from '#domain/auth/signingKey.ts';
import type { ThrottlePolicies } from '#domain/auth/throttle.ts';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import { createVerifier } from '#domain/viewer/accessToken.ts';
import type { HttpHandler } from '#domain/viewer/httpMessage.ts';
import type { RandomBytes } from '#domain/viewer/ulid.ts';
import { createGateway } from '#gateway/server.ts';
import { createAuthService } from '#subgraphs/auth/server.ts';
import { createMemoService } from '#subgraphs/memo/server.ts';
import { checkTable } from '#table/checkTable.ts';
import type { DynamoDb } from '#table/dynamoDb.ts';
import { connectSubgraphs, type SubgraphLink } from './connectSubgraphs.ts';

export interface MemopadOptions {
  readonly dynamoDb: DynamoDb;
  readonly tableNames: { readonly auth: string; readonly memo: string; readonly live: string };
  /** The exact `iss` of access tokens, where the auth service's HTTP side is reached: no trailing slash. */
  readonly issuer: string;
  readonly signingKey: SigningKey;
  readonly log: Log;
  /** How the gateway reaches its subgraphs: `in-process` when left out, or `http`, each on a loopback port of its own. */
  readonly subgraphs?: SubgraphLink | undefined;
  /** Whether clients may ask for the schema. True when left out. */
  readonly introspection?: boolean | undefined;
  /** Whose pages may call the gateway from a browser: pages of this machine when left out. */
  readonly allowedOrigins?: readonly string[] | 'loopback' | undefined;
  readonly inviteUrl?: ((secret: string) => string) | undefined;
  readonly throttle?: ThrottlePolicies | undefined;
  /** What a password hash costs: PASSWORD_COST when left out. */
  readonly passwordCost?: PasswordCost | undefined;
  readonly clock?: Clock | undefined;
  readonly randomBytes?: RandomBytes | undefined;
}

/** The whole service, without a server around it. */
export interface Memopad {
  /** `/graphql` and `/health`. */
  readonly gateway: HttpHandler;
  /** Discovery, keys, `/sessions` and `/token`: to be served at the issuer's URL. */
  readonly auth: HttpHandler;
  stop(): Promise<void>;
}

/** Puts the gateway and both services together in this process. */
export async function composeMemopad(options: MemopadOptions): Promise<Memopad> {
  const { dynamoDb, tableNames, issuer, signingKey, log, throttle, inviteUrl } = options;
  const { clock = Date.now, introspection = true, allowedOrigins = 'loopback' } = options;
  const { randomBytes, passwordCost } = options;
  const keys = createLocalJWKSet({ keys: [...signingKey.published] });
  const shared = {
    verify: createVerifier({ issuer, keys, clock, acceptWatch: true }),
    clock,
    log,
    ...(randomBytes && { randomBytes }),
  };
  const authTable = { dynamoDb, tableName: tableNames.auth };
  const memoTable = { dynamoDb, tableName: tableNames.memo };
  const throttling = throttle && { throttle };
  const auth = createAuthService({
    ...shared,
    ...throttling,
    ...(passwordCost && { passwordCost }),
    table: authTable,
    issuer,
    signingKey,
  });
  const liveTable = { dynamoDb, tableName: tableNames.live };
  const memo = createMemoService({
    ...shared,
    ...(inviteUrl && { inviteUrl }),
    table: memoTable,
    liveTable,
  });
  const services = { auth: auth.subgraph, memo: memo.subgraph };
  const { subgraphs, close } = await connectSubgraphs(services, options.subgraphs);
  const checkHealth = async (): Promise<void> => {
    await Promise.all([authTable, memoTable, liveTable].map(checkTable));
  };
  const gateway = await createGateway({
    ...shared,
    subgraphs,
    introspection,
    allowedOrigins,
    checkHealth,
  });
  const stop = async (): Promise<void> => {
    await gateway.stop();
    await close();
  };
  return { gateway: gateway.http, auth: auth.http, stop };
}
