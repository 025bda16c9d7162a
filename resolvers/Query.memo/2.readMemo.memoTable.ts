export { request, response } from '#resolvers/shared/readMemo.ts';
