export { request, response } from '#resolvers/shared/pads/listMembers.ts';
