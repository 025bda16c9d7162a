export { request, response } from '#resolvers/shared/trashMemo.ts';
