import { type Api, openSession, type Session } from '#scripts/transfer/api.ts';

/** Who writes and watches, and where. */
export interface People {
  /** All of them are EDITORs or OWNERs of every pad. */
  readonly sessions: readonly Session[];
  readonly padIds: readonly string[];
}

const PASSWORD = 'a long enough password';
const SIGN_UP = 'mutation ($input: SignUpInput!) { signUp(input: $input) { user { id } } }';
const CREATE_PAD = 'mutation ($name: String!) { createPad(name: $name) { id } }';
const INVITE = 'mutation ($padId: ID!) { createInvite(padId: $padId, role: EDITOR) { secret } }';
const ACCEPT = 'mutation ($secret: String!) { acceptInvite(secret: $secret) { id } }';

/** Signs people up and makes them pads that they share. */
export async function gather(graphql: string, users: number, pads: number): Promise<People> {
  const sessions: Session[] = [];
  for (let number = 0; number < users; number += 1) sessions.push(await signUp(graphql, number));
  const [owner, ...guests] = sessions;
  if (!owner) throw new Error('Expected somebody.');
  const padIds: string[] = [];
  for (let number = 0; number < pads; number += 1) {
    const { createPad } = await owner.api<{ createPad: { id: string } }>(CREATE_PAD, {
      name: `Pad ${number}`,
    });
    padIds.push(createPad.id);
    for (const guest of guests) await share(owner.api, guest.api, createPad.id);
  }
  return { sessions, padIds };
}

async function signUp(graphql: string, number: number): Promise<Session> {
  const email = `person-${number}@memopad.example`;
  const input = { email, password: PASSWORD, displayName: `Person ${number}` };
  const response = await fetch(graphql, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: SIGN_UP, variables: { input } }),
  });
  const { errors } = (await response.json()) as { errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return openSession(graphql, { email, password: PASSWORD });
}

/** Makes the guest a member of the pad. */
export async function share(owner: Api, guest: Api, padId: string): Promise<void> {
  const { createInvite } = await owner<{ createInvite: { secret: string } }>(INVITE, { padId });
  const { secret } = createInvite;
  await guest(ACCEPT, { secret });
}
