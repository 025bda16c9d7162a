export { request, response } from '#resolvers/shared/pads/readMembership.ts';
