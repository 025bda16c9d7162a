export { request, response } from '#resolvers/shared/pads/readPads.ts';
