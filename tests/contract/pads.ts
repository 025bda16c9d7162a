import type { Person } from './people.ts';

export type PadRole = 'OWNER' | 'EDITOR' | 'VIEWER';

export interface PadView {
  readonly id: string;
  readonly name: string;
  readonly personal: boolean;
  readonly role: PadRole;
  readonly members: readonly { user: { id: string }; role: PadRole; since: string }[];
  readonly invites: readonly InviteView[] | null;
  readonly createdAt: string;
}

export interface InviteView {
  readonly id: string;
  readonly role: PadRole;
  readonly secret: string;
  readonly url: string | null;
  readonly expiresAt: string;
}

const INVITE = 'id role secret url expiresAt';
export const PAD = `id name personal role members { user { id } role since } invites { ${INVITE} } createdAt`;
export const READ_PAD = `query Pad($id: ID!) { pad(id: $id) { ${PAD} } }`;
export const LIST_PADS = `query Pads { pads { ${PAD} } }`;
export const CREATE_PAD = `mutation CreatePad($name: String!) { createPad(name: $name) { ${PAD} } }`;
export const RENAME_PAD = `mutation RenamePad($id: ID!, $name: String!) { renamePad(id: $id, name: $name) { ${PAD} } }`;
export const DELETE_PAD = 'mutation DeletePad($id: ID!) { deletePad(id: $id) }';
export const CREATE_INVITE = `mutation CreateInvite($padId: ID!, $role: PadRole!, $expiresAt: AWSDateTime) {
  createInvite(padId: $padId, role: $role, expiresAt: $expiresAt) { ${INVITE} }
}`;
export const REVOKE_INVITE =
  'mutation RevokeInvite($padId: ID!, $id: ID!) { revokeInvite(padId: $padId, id: $id) }';
export const ACCEPT_INVITE = `mutation AcceptInvite($secret: String!) { acceptInvite(secret: $secret) { ${PAD} } }`;
export const SET_ROLE = `mutation SetRole($padId: ID!, $userId: ID!, $role: PadRole!) {
  setRole(padId: $padId, userId: $userId, role: $role) { ${PAD} }
}`;
export const REMOVE_MEMBER = `mutation RemoveMember($padId: ID!, $userId: ID!) {
  removeMember(padId: $padId, userId: $userId) { ${PAD} }
}`;
export const LEAVE_PAD = 'mutation LeavePad($padId: ID!) { leavePad(padId: $padId) }';

export async function createPad(person: Person, name = 'A pad'): Promise<PadView> {
  return (await person.ask<{ createPad: PadView }>(CREATE_PAD, { name })).createPad;
}

export async function readPad(person: Person, id: string): Promise<PadView> {
  return (await person.ask<{ pad: PadView }>(READ_PAD, { id })).pad;
}

export async function listPads(person: Person): Promise<readonly PadView[]> {
  return (await person.ask<{ pads: readonly PadView[] }>(LIST_PADS)).pads;
}

export async function createInvite(
  owner: Person,
  padId: string,
  role: PadRole,
  expiresAt?: string,
): Promise<InviteView> {
  const variables = { padId, role, expiresAt };
  return (await owner.ask<{ createInvite: InviteView }>(CREATE_INVITE, variables)).createInvite;
}

export async function acceptInvite(person: Person, secret: string): Promise<PadView> {
  return (await person.ask<{ acceptInvite: PadView }>(ACCEPT_INVITE, { secret })).acceptInvite;
}

/** Makes somebody a member the only way there is: by an invite. */
export async function share(
  owner: Person,
  padId: string,
  member: Person,
  role: PadRole,
): Promise<PadView> {
  const { secret } = await createInvite(owner, padId, role);
  return acceptInvite(member, secret);
}

/** A new shared pad with these members beside its owner. */
export async function givenSharedPad(
  owner: Person,
  members: readonly (readonly [Person, PadRole])[] = [],
): Promise<PadView> {
  const { id } = await createPad(owner);
  for (const [member, role] of members) await share(owner, id, member, role);
  return readPad(owner, id);
}
