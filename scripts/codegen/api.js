import { printApi } from './compose.js';

/** graphql-codegen plugin: the plain API, the public report of what clients can rely on. */
export const plugin = () => printApi();
