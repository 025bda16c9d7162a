export { request, response } from '#resolvers/shared/restoreMemo.ts';
