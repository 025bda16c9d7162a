export { request, response } from '#resolvers/shared/changes/readRows.ts';
