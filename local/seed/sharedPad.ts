import type { Client } from './client.ts';
import { SHARED_PAD_NAME } from './content.ts';
import type { SignedIn } from './people.ts';

interface Pad {
  readonly id: string;
  readonly name: string;
}

const PADS = '{ pads { id name } }';
const CREATE_PAD = 'mutation ($name: String!) { pad: createPad(name: $name) { id name } }';
const INVITE =
  'mutation ($padId: ID!, $role: PadRole!) { invite: createInvite(padId: $padId, role: $role) { id secret } }';
const ACCEPT = 'mutation ($secret: String!) { acceptInvite(secret: $secret) { id } }';
const REVOKE = 'mutation ($padId: ID!, $id: ID!) { revokeInvite(padId: $padId, id: $id) }';

/** The pad the demo account shares: the one that has its name, else a new one. */
export async function findOrMakePad(owner: Client): Promise<Pad> {
  const { pads } = await owner.ask<{ pads: Pad[] }>(PADS);
  const found = pads.find(({ name }) => name === SHARED_PAD_NAME);
  return found ?? (await owner.ask<{ pad: Pad }>(CREATE_PAD, { name: SHARED_PAD_NAME })).pad;
}

/** Makes somebody a member by an invite, which is then taken back; a member keeps their role. */
export async function invite(
  owner: Client,
  pad: Pad,
  guest: SignedIn,
  role: 'EDITOR' | 'VIEWER',
): Promise<void> {
  const { pads } = await guest.ask<{ pads: Pad[] }>(PADS);
  if (pads.some(({ id }) => id === pad.id)) return;
  const made = await owner.ask<{ invite: { id: string; secret: string } }>(INVITE, {
    padId: pad.id,
    role,
  });
  await guest.ask(ACCEPT, { secret: made.invite.secret });
  await owner.ask(REVOKE, { padId: pad.id, id: made.invite.id });
}
