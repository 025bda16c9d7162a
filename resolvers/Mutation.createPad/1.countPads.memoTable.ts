export { request, response } from '#resolvers/shared/pads/countPads.ts';
