import type { Answer, RunningDoor } from './door.ts';

/** Somebody who sends operations through a door. */
export interface Visitor {
  /** Runs an operation that shall succeed, and gives its data. */
  ask<Data>(document: string, variables?: Variables): Promise<Data>;
  /** Runs an operation that may fail. */
  attempt(document: string, variables?: Variables): Promise<Answer>;
}

/** A visitor with an account and one session. */
export interface Person extends Visitor, Credentials {
  readonly id: string;
  readonly token: string;
  readonly refreshToken: string;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
}

export type Variables = Readonly<Record<string, unknown>>;

/** What signUp, signIn, refreshSession and changePassword answer. */
export interface AuthPayload {
  readonly user: { readonly id: string; readonly displayName: string; readonly email: string };
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly refreshToken: string;
}

export const AUTH_PAYLOAD =
  'user { id displayName email createdAt } accessToken expiresAt refreshToken';
export const SIGN_UP = `mutation SignUp($input: SignUpInput!) { signUp(input: $input) { ${AUTH_PAYLOAD} } }`;
export const SIGN_IN = `mutation SignIn($input: SignInInput!) { signIn(input: $input) { ${AUTH_PAYLOAD} } }`;
const PASSWORD = 'four unrelated plain words';
let signedUp = 0;

export function createGuest(door: Pick<RunningDoor, 'execute'>, token?: string): Visitor {
  const attempt = (document: string, variables?: Variables) =>
    door.execute(document, { variables, token });
  return {
    attempt,
    async ask<Data>(document: string, variables?: Variables) {
      return readData<Data>(await attempt(document, variables));
    },
  };
}

/** Makes an account through the API; what isn't given is unlike anybody else's. */
export async function signUp(
  door: Pick<RunningDoor, 'execute'>,
  given: Partial<Credentials> = {},
): Promise<Person> {
  signedUp += 1;
  const credentials = {
    email: `person${signedUp}@example.com`,
    password: PASSWORD,
    displayName: `Person ${signedUp}`,
    ...given,
  };
  const answer = await createGuest(door).ask<{ signUp: AuthPayload }>(SIGN_UP, {
    input: credentials,
  });
  return createPerson(door, credentials, answer.signUp);
}

/** Starts one more session of somebody who has an account. */
export async function signIn(
  door: Pick<RunningDoor, 'execute'>,
  credentials: Credentials,
): Promise<Person> {
  const { email, password } = credentials;
  const input = { email, password };
  const answer = await createGuest(door).ask<{ signIn: AuthPayload }>(SIGN_IN, { input });
  return createPerson(door, credentials, answer.signIn);
}

export function createPerson(
  door: Pick<RunningDoor, 'execute'>,
  { email, password, displayName }: Credentials,
  { user, accessToken, refreshToken }: AuthPayload,
): Person {
  const account = { id: user.id, email, password, displayName };
  return { ...account, token: accessToken, refreshToken, ...createGuest(door, accessToken) };
}

function readData<Data>({ status, data, errors }: Answer): Data {
  if (errors.length === 0 && data) return data as Data;
  throw new Error(`Expected data, got ${status} ${JSON.stringify(errors)}.`);
}
