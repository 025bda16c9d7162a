export { request, response } from '#resolvers/shared/pads/endInvitesOfOwner.ts';
