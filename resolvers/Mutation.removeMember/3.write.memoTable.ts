export { request, response } from '#resolvers/shared/pads/removeMember.ts';
