export { request, response } from '#resolvers/shared/pads/endInvitesOfMember.ts';
