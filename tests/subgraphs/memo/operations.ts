import type { PadRole } from '#domain/memo/role.ts';
import type { Person } from './service.ts';

export const INVITE = 'id role secret url expiresAt';
export const PAD = `id name personal role createdAt members { user { id } role since } invites { ${INVITE} }`;

export const READ_PAD = `query ($id: ID!) { pad(id: $id) { ${PAD} } }`;
export const LIST_PADS = `{ pads { ${PAD} } }`;
export const CREATE_PAD = `mutation ($name: String!) { createPad(name: $name) { ${PAD} } }`;
export const RENAME_PAD = `mutation ($id: ID!, $name: String!) { renamePad(id: $id, name: $name) { ${PAD} } }`;
export const DELETE_PAD = 'mutation ($id: ID!) { deletePad(id: $id) }';
export const CREATE_INVITE = `mutation ($padId: ID!, $role: PadRole!, $expiresAt: AWSDateTime) {
  createInvite(padId: $padId, role: $role, expiresAt: $expiresAt) { ${INVITE} } }`;
export const REVOKE_INVITE =
  'mutation ($padId: ID!, $id: ID!) { revokeInvite(padId: $padId, id: $id) }';
export const ACCEPT_INVITE = `mutation ($secret: String!) { acceptInvite(secret: $secret) { ${PAD} } }`;
export const SET_ROLE = `mutation ($padId: ID!, $userId: ID!, $role: PadRole!) {
  setRole(padId: $padId, userId: $userId, role: $role) { ${PAD} } }`;
export const REMOVE_MEMBER = `mutation ($padId: ID!, $userId: ID!) {
  removeMember(padId: $padId, userId: $userId) { ${PAD} } }`;
export const LEAVE_PAD = 'mutation ($padId: ID!) { leavePad(padId: $padId) }';

export interface InviteView {
  readonly id: string;
  readonly role: PadRole;
  readonly secret: string | null;
  readonly url: string | null;
  readonly expiresAt: string;
}

export interface PadView {
  readonly id: string;
  readonly name: string;
  readonly personal: boolean;
  readonly role: PadRole;
  readonly createdAt: string;
  readonly members: readonly { user: { id: string }; role: PadRole; since: string }[];
  readonly invites: readonly InviteView[] | null;
}

export async function givenPad(owner: Person, name = '우리 집 🏠'): Promise<PadView> {
  const { createPad } = await owner.ask<{ createPad: PadView }>(CREATE_PAD, { name });
  return createPad;
}

export async function readPad(person: Person, id: string): Promise<PadView> {
  return (await person.ask<{ pad: PadView }>(READ_PAD, { id })).pad;
}

export async function givenInvite(
  owner: Person,
  padId: string,
  role: PadRole = 'EDITOR',
): Promise<InviteView & { readonly secret: string }> {
  const variables = { padId, role };
  const answer = await owner.ask<{ createInvite: InviteView & { secret: string } }>(
    CREATE_INVITE,
    variables,
  );
  return answer.createInvite;
}

/** Makes somebody a member, the only way there is. */
export async function givenMember(
  owner: Person,
  padId: string,
  member: Person,
  role: PadRole,
): Promise<void> {
  const { secret, id } = await givenInvite(owner, padId, role);
  await member.ask(ACCEPT_INVITE, { secret });
  await owner.ask(REVOKE_INVITE, { padId, id });
}
