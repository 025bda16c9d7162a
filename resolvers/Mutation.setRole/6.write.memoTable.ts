export { request, response } from '#resolvers/shared/pads/setRole.ts';
