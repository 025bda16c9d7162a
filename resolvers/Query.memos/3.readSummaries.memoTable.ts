export { request, response } from '#resolvers/shared/readSummaries.ts';
