const RETRIES = 5;
const FIRST_DELAY_MS = 250;
/** A token is renewed this long before it expires, so that none expires on its way. */
const RENEW_BEFORE_MS = 60_000;

/** An error the API answered with. */
export class ApiError extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(message: string, { code, ...details }: Record<string, unknown>) {
    super(message);
    this.name = 'ApiError';
    this.code = String(code);
    this.details = details;
  }
}

export type Credentials =
  | { readonly token: string }
  | { readonly email: string; readonly password: string };

/** Runs one operation as the signed-in viewer and gives its data. @throws ApiError */
export type Api = <Data>(query: string, variables?: Record<string, unknown>) => Promise<Data>;

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly expiresAt?: string;
}

const TOKENS = 'accessToken refreshToken expiresAt';
const SIGN_IN = `mutation SignIn($input: SignInInput!) { tokens: signIn(input: $input) { ${TOKENS} } }`;
const REFRESH = `mutation Refresh($refreshToken: String) { tokens: refreshSession(refreshToken: $refreshToken) { ${TOKENS} } }`;

/** Somebody who is signed in. */
export interface Session {
  readonly api: Api;
  /** A token that is good for another minute; a new one when `refused` says that the last was not. */
  accessToken(why?: { readonly refused: boolean }): Promise<string>;
}

/** As `openSession`, for who needs no more than the API. */
export async function connect(url: string, credentials: Credentials): Promise<Api> {
  return (await openSession(url, credentials)).api;
}

/** Signs in when credentials are an e-mail address and a password, and keeps the session alive as long as the work lasts. */
export async function openSession(url: string, credentials: Credentials): Promise<Session> {
  let tokens: Tokens =
    'token' in credentials
      ? { accessToken: credentials.token }
      : (await post<{ tokens: Tokens }>(url, SIGN_IN, { input: credentials })).tokens;
  let renewal: Promise<void> | undefined;
  const renew = async () => {
    const { refreshToken } = tokens;
    tokens = (await post<{ tokens: Tokens }>(url, REFRESH, { refreshToken })).tokens;
  };
  const accessToken = async ({ refused } = { refused: false }) => {
    if (isDue(tokens) || (refused && tokens.refreshToken)) {
      renewal ??= renew().finally(() => {
        renewal = undefined;
      });
    }
    await renewal;
    return tokens.accessToken;
  };
  return {
    accessToken,
    api: async (query, variables) => post(url, query, variables, await accessToken()),
  };
}

function isDue({ expiresAt, refreshToken }: Tokens): boolean {
  if (!expiresAt || !refreshToken) return false;
  return Date.parse(expiresAt) - Date.now() < RENEW_BEFORE_MS;
}

async function post<Data>(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
  token?: string,
): Promise<Data> {
  const init = {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify({ query, variables }),
  };
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await tryOnce<Data>(url, init);
    if ('data' in outcome) return outcome.data;
    if (!isWorthRetrying(outcome.error) || attempt === RETRIES) throw outcome.error;
    await delay(retryDelayMs(outcome.error, attempt));
  }
}

type Outcome<Data> = { data: Data } | { error: Error };

async function tryOnce<Data>(url: string, init: RequestInit): Promise<Outcome<Data>> {
  try {
    const response = await fetch(url, init);
    const { data, errors } = (await response.json()) as GraphQLAnswer<Data>;
    const [first] = errors ?? [];
    // An HTTP API whose function failed answers by itself.
    if (!first && !data) return { error: new Error(`${url} answers HTTP ${response.status}.`) };
    return first
      ? { error: new ApiError(first.message, first.extensions ?? {}) }
      : { data: data as Data };
  } catch (error) {
    return { error: new Error(`${url} can't be reached: ${reason(error)}`) };
  }
}

interface GraphQLAnswer<Data> {
  readonly data?: Data;
  readonly errors?: readonly { message: string; extensions?: Record<string, unknown> }[];
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** Every operation of an import can be sent again: creations carry their ulid, updates their version. */
function isWorthRetrying(error: Error): boolean {
  return !(error instanceof ApiError) || ['RATE_LIMITED', 'INTERNAL'].includes(error.code);
}

function retryDelayMs(error: Error, attempt: number): number {
  const told = error instanceof ApiError ? Number(error.details.retryAfterSeconds) : Number.NaN;
  return Number.isNaN(told) ? FIRST_DELAY_MS * 2 ** attempt : told * 1000;
}

async function delay(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
