import { serveHttpApi } from '#aws/httpApi.ts';
import { checkTable } from '#table/checkTable.ts';
import { createAuth } from './createAuth.ts';
import { createAuthHttp } from './http.ts';
import { readAuthOptions } from './readOptions.ts';

const options = await readAuthOptions();
const { table, issuer, signingKey } = options;
const http = createAuthHttp({
  auth: createAuth(options),
  issuer,
  signingKey,
  checkHealth: () => checkTable(table),
});

/** The Lambda function behind the issuer's HTTP API. Verifiers wait for its keys, so it does without GraphQL and starts in half the time. */
export const handler = serveHttpApi(http);
