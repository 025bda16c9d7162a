import { printAppSyncSchema } from './appsyncSchema.js';

/** graphql-codegen plugin: the schema that AppSync is given. */
export const plugin = () => printAppSyncSchema();
