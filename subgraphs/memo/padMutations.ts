import { acceptInvite } from '#domain/memo/acceptInvite.ts';
import { createInvite } from '#domain/memo/createInvite.ts';
import { createPad } from '#domain/memo/createPad.ts';
import { deletePad } from '#domain/memo/deletePad.ts';
import { leavePad } from '#domain/memo/leavePad.ts';
import { removeMember } from '#domain/memo/removeMember.ts';
import { renamePad } from '#domain/memo/renamePad.ts';
import { revokeInvite } from '#domain/memo/revokeInvite.ts';
import { setRole } from '#domain/memo/setRole.ts';
import { portsOfMutation } from './context.ts';
import { knowPad } from './padFields.ts';
import type { MutationResolvers } from './resolvers.generated.ts';

export const padMutations: MutationResolvers = {
  createPad: async (_, { name }, context) =>
    knowPad(context, await createPad(portsOfMutation(context), context.viewer, name)),
  renamePad: async (_, { id, name }, context) =>
    knowPad(context, await renamePad(portsOfMutation(context), context.viewer, id, name)),
  deletePad: async (_, { id }, context) => {
    await deletePad(portsOfMutation(context), context.viewer, id);
    return true;
  },
  setRole: async (_, change, context) =>
    knowPad(context, await setRole(portsOfMutation(context), context.viewer, change)),
  removeMember: async (_, membership, context) =>
    knowPad(context, await removeMember(portsOfMutation(context), context.viewer, membership)),
  leavePad: async (_, { padId }, context) => {
    await leavePad(portsOfMutation(context), context.viewer, padId);
    return true;
  },
  createInvite: async (_, input, context) => {
    const invite = await createInvite(portsOfMutation(context), context.viewer, input);
    return { ...invite, url: context.inviteUrl(invite.secret) };
  },
  revokeInvite: async (_, { padId, id: inviteId }, context) => {
    await revokeInvite(portsOfMutation(context), context.viewer, { padId, inviteId });
    return true;
  },
  acceptInvite: async (_, { secret }, context) =>
    knowPad(context, await acceptInvite(portsOfMutation(context), context.viewer, secret)),
};
