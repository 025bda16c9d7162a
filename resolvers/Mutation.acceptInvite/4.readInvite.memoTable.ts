export { request, response } from '#resolvers/shared/pads/readInvite.ts';
