import type { Auth } from '#domain/auth/auth.ts';
import type { VerifyCaller } from '#domain/viewer/accessToken.ts';
import type { HttpHandler } from '#domain/viewer/httpMessage.ts';
import type { Subgraph } from '#domain/viewer/subgraphRequest.ts';
import { authSdl } from '#schema/generated/sdl.ts';
import { createSubgraph } from '#subgraphs/subgraph.ts';
import { checkTable } from '#table/checkTable.ts';
import { createContext } from './context.ts';
import { type AuthOptions, createAuth } from './createAuth.ts';
import { createAuthHttp } from './http.ts';
import { resolvers } from './resolvers.ts';

export interface AuthServiceOptions extends AuthOptions {
  readonly verify: VerifyCaller;
}

export interface AuthService {
  readonly subgraph: Subgraph;
  /** Discovery, keys, `/sessions`, `/token` and `/health`: to be served at the issuer's URL. */
  readonly http: HttpHandler;
}

export function createAuthService(options: AuthServiceOptions): AuthService {
  const { table, issuer, signingKey } = options;
  const auth = createAuth(options);
  return {
    subgraph: createAuthSubgraph(auth, options),
    http: createAuthHttp({ auth, issuer, signingKey, checkHealth: () => checkTable(table) }),
  };
}

/** The service as the gateway sees it. */
export function createAuthSubgraph(
  auth: Auth,
  { verify, log }: Pick<AuthServiceOptions, 'verify' | 'log'>,
): Subgraph {
  return createSubgraph({
    sdl: authSdl,
    resolvers,
    verify,
    createContext: (viewer, request) => createContext(auth, viewer, request),
    log,
  });
}
