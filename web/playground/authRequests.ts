import type { PostGraphql } from './graphqlEndpoint.ts';
import { dataOf, GraphqlFailure } from './graphqlFailure.ts';

/** What a sign-in gives: the tokens, and until when the access token is good. */
export interface Grant {
  readonly accessToken: string;
  readonly expiresAtMs: number;
  readonly refreshToken: string | null;
}

/** Who is signed in, for the page to show. */
export interface Who {
  readonly id: string;
  readonly displayName: string;
  readonly email: string | null;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export interface SignUpInput extends Credentials {
  readonly displayName: string;
}

const GRANT = '{ accessToken expiresAt refreshToken }';

/** The operations the page runs on its own. A test checks them against the schema. */
export const AUTH_OPERATIONS = {
  signIn: `mutation SignIn($input: SignInInput!) { signIn(input: $input) ${GRANT} }`,
  signUp: `mutation SignUp($input: SignUpInput!) { signUp(input: $input) ${GRANT} }`,
  refresh: `mutation Refresh($refreshToken: String) { refreshSession(refreshToken: $refreshToken) ${GRANT} }`,
  signOut: 'mutation SignOut { signOut }',
  me: 'query Me { me { id displayName email } }',
} as const;

/** The auth service as the page uses it. Everything rejects with a GraphqlFailure. */
export interface AuthRequests {
  signIn(input: Credentials): Promise<Grant>;
  signUp(input: SignUpInput): Promise<Grant>;
  refresh(refreshToken: string): Promise<Grant>;
  signOut(authorization: string): Promise<void>;
  me(authorization: string): Promise<Who>;
}

export function createAuthRequests(post: PostGraphql): AuthRequests {
  async function ask(query: string, variables: object, authorization?: string) {
    const headers: Record<string, string> = authorization ? { authorization } : {};
    return dataOf((await post({ query, variables }, headers)).answer);
  }
  return {
    signIn: async (input) => granted(await ask(AUTH_OPERATIONS.signIn, { input })),
    signUp: async (input) => granted(await ask(AUTH_OPERATIONS.signUp, { input })),
    refresh: async (refreshToken) => granted(await ask(AUTH_OPERATIONS.refresh, { refreshToken })),
    signOut: async (authorization) => {
      await ask(AUTH_OPERATIONS.signOut, {}, authorization);
    },
    me: async (authorization) => whoIn(await ask(AUTH_OPERATIONS.me, {}, authorization)),
  };
}

/** The grant among the fields of an answer, whatever its field is called; null when there is none. */
export function grantIn(data: unknown): Grant | null {
  for (const field of Object.values(data ?? {})) {
    if (!isRecord(field)) continue;
    const { accessToken, expiresAt, refreshToken } = field;
    if (typeof accessToken !== 'string' || typeof expiresAt !== 'string') continue;
    return {
      accessToken,
      expiresAtMs: Date.parse(expiresAt),
      refreshToken: typeof refreshToken === 'string' ? refreshToken : null,
    };
  }
  return null;
}

function granted(data: unknown): Grant {
  const grant = grantIn(data);
  if (!grant) throw new GraphqlFailure([{ message: 'The answer has no access token.' }]);
  return grant;
}

function whoIn({ me }: Readonly<Record<string, unknown>>): Who {
  if (!isRecord(me))
    throw new GraphqlFailure([{ message: 'The answer does not say who you are.' }]);
  const { id, displayName, email } = me;
  return {
    id: String(id),
    displayName: String(displayName),
    email: typeof email === 'string' ? email : null,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
