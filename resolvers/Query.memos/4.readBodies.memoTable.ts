export { request, response } from '#resolvers/shared/readBodies.ts';
