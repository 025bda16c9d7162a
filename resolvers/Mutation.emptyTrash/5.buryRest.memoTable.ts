export { request, response } from '#resolvers/shared/buryTrash.ts';
