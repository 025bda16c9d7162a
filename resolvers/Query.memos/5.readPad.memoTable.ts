export { request, response } from '#resolvers/shared/readPadOfPage.ts';
