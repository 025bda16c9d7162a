export { request, response } from '#resolvers/shared/readHead.ts';
