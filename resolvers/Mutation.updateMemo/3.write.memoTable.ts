export { request, response } from '#resolvers/shared/updateMemo.ts';
