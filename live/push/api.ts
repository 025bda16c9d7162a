import { buildSchema } from 'graphql';
import { apiSdl } from '#schema/generated/apiSdl.ts';

/** The API that documents are checked against; its text was checked when it was composed. */
export const API = buildSchema(apiSdl, { assumeValid: true, assumeValidSDL: true });
