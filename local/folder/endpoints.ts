import { readFileSync, rmSync } from 'node:fs';
import { REGION } from '#local/cloud/account.ts';
import type { AppSyncPlace } from '#local/playground.ts';
import { writeAtomically } from './writeAtomically.ts';

/** Where the running Memopad is, for other programs: `endpoints.json` in the data folder. */
export interface Endpoints {
  /** The GraphQL endpoint. */
  readonly federated: string;
  readonly playground: string;
  /** The `iss` of access tokens. */
  readonly issuer: string;
  readonly jwks: string;
  readonly token: string;
  readonly sessions: string;
  readonly health: string;
  /** The WebSocket endpoint for live changes. */
  readonly socket: string;
  /** The AppSync door's GraphQL endpoint; left out in one process, which has none. */
  readonly appsync?: string | undefined;
  /** Its real-time endpoint. */
  readonly appsyncRealtime?: string | undefined;
  /** What AWS's SDK evaluates resolver code at: an endpoint for its AppSync client. */
  readonly evaluateCode?: string | undefined;
  /** The region that its callers sign for. */
  readonly region?: string | undefined;
  /** Opens the fields for which nobody has to be signed in. */
  readonly appsyncApiKey?: string | undefined;
  readonly dynamodb: string;
  readonly dataDir: string;
  readonly pid: number;
  /** Left out when this data folder has no demo account. */
  readonly demo?: { readonly email: string; readonly password: string } | undefined;
}

export type Places = Omit<
  Endpoints,
  'federated' | 'playground' | 'issuer' | 'jwks' | 'token' | 'sessions' | 'health' | 'pid'
> & {
  /** Without a trailing slash. */
  readonly gateway: string;
  readonly issuer: string;
};

/** The AppSync door's part of the endpoints. */
export function describeAppSync({
  url,
  realtime,
  apiKey,
}: AppSyncPlace): Pick<
  Endpoints,
  'appsync' | 'appsyncRealtime' | 'evaluateCode' | 'region' | 'appsyncApiKey'
> {
  return {
    appsync: url,
    appsyncRealtime: realtime,
    evaluateCode: new URL(url).origin,
    region: REGION,
    appsyncApiKey: apiKey,
  };
}

export function describeEndpoints({ gateway, issuer, ...rest }: Places): Endpoints {
  return {
    federated: `${gateway}/graphql`,
    playground: `${gateway}/playground`,
    issuer,
    jwks: `${issuer}/.well-known/jwks.json`,
    token: `${issuer}/token`,
    sessions: `${issuer}/sessions`,
    health: `${gateway}/health`,
    pid: process.pid,
    ...rest,
  };
}

/** Undefined when nothing is running, or nothing readable is there. */
export function readEndpoints(file: string): Endpoints | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Endpoints;
  } catch {
    return undefined;
  }
}

/** @returns what removes the file again; a process that ends without doing so, but isn't killed, removes it too */
export function writeEndpoints(file: string, endpoints: Endpoints): () => void {
  writeAtomically(file, `${JSON.stringify(endpoints, null, 2)}\n`);
  const remove = (): void => rmSync(file, { force: true });
  process.once('exit', remove);
  return () => {
    process.off('exit', remove);
    remove();
  };
}
