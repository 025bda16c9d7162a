import type { HttpHandler } from '#domain/viewer/httpMessage.ts';
import { ApiError, type Client, createClient } from './client.ts';
import { DEMO, type SeedPerson } from './content.ts';

export interface SignedIn extends Client {
  readonly userId: string;
}

interface AuthPayload {
  readonly accessToken: string;
  readonly user: { readonly id: string };
}

const PAYLOAD = '{ accessToken user { id } }';
const SIGN_UP = `mutation ($input: SignUpInput!) { payload: signUp(input: $input) ${PAYLOAD} }`;
const SIGN_IN = `mutation ($input: SignInInput!) { payload: signIn(input: $input) ${PAYLOAD} }`;

/** Signs a person up, or in when they are there already. @throws ApiError when their password was changed. */
export async function enter(gateway: HttpHandler, person: SeedPerson): Promise<SignedIn> {
  const { accessToken, user } = await signUpOrIn(createClient(gateway), person);
  return { ...createClient(gateway, accessToken), userId: user.id };
}

/** Ends the session, so that people see only their own in their list. */
export async function leave(person: SignedIn): Promise<void> {
  await person.ask('mutation { signOut }');
}

async function signUpOrIn(
  client: Client,
  { email, displayName }: SeedPerson,
): Promise<AuthPayload> {
  const credentials = { email, password: DEMO.password };
  try {
    const input = { ...credentials, displayName };
    return (await client.ask<{ payload: AuthPayload }>(SIGN_UP, { input })).payload;
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'CONFLICT') throw error;
    return (await client.ask<{ payload: AuthPayload }>(SIGN_IN, { input: credentials })).payload;
  }
}
