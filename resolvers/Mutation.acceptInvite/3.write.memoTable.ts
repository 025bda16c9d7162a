export { request, response } from '#resolvers/shared/pads/acceptInvite.ts';
