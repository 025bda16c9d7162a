export { request, response } from '#resolvers/shared/checkRole.ts';
