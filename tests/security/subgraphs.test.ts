import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { VerifyAuthorization } from '#domain/viewer/accessToken.ts';
import type { Subgraph, SubgraphResponse } from '#domain/viewer/subgraphRequest.ts';
import { listen, type NodeServer } from '#one-process/nodeServer.ts';
import { createAuthService } from '#subgraphs/auth/server.ts';
import { serveSubgraph } from '#subgraphs/http.ts';
import { createMemoService } from '#subgraphs/memo/server.ts';
import { AUTH_TABLE, MEMO_TABLE } from '#table/tables.ts';
import { CHEAP } from '#tests/domain/auth/useAuth.ts';
import { useTable } from '#tests/support/engine.ts';
import { createTestIssuer, type TestIssuer } from '#tests/support/issuer.ts';
import { refusesForgedTokens, type TokenOutcome } from './tokens.ts';

const SECRET = 'known to the gateway alone';
const log = () => {};
const authTable = useTable(AUTH_TABLE);
const memoTable = useTable(MEMO_TABLE);
let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await createTestIssuer();
});

const verify: VerifyAuthorization = (authorization) => issuer.verify(authorization);

describe.each<[string, string, () => Subgraph]>([
  [
    'auth',
    '{ me { id } }',
    () => {
      const { url, signingKey } = issuer;
      const service = createAuthService({
        ...{ table: authTable, issuer: url, signingKey, verify, log },
        passwordCost: CHEAP,
      });
      return service.subgraph;
    },
  ],
  [
    'memo',
    '{ pads { id } }',
    () => createMemoService({ table: memoTable, liveTable: memoTable, verify, log }).subgraph,
  ],
])('the port of the subgraph %s', (_, query, createSubgraph) => {
  let server: NodeServer;
  beforeAll(async () => {
    const handler = serveSubgraph({ subgraph: createSubgraph(), secret: SECRET });
    server = await listen(handler, { port: 0, host: '127.0.0.1' });
  });
  afterAll(() => server.close());

  const post = (wish: { query?: string; authorization?: string; secret?: string | null }) => {
    const { authorization, secret = SECRET } = wish;
    const client = { sourceIp: '127.0.0.1' };
    const request = { query: wish.query ?? query, authorization, client, requestId: 'test' };
    const headers = secret === null ? {} : { 'x-subgraph-secret': secret };
    return fetch(server.url, { method: 'POST', headers, body: JSON.stringify(request) });
  };

  test('answers the gateway', async () => {
    const answer = await post({ query: '{ __typename }' });
    expect(await answer.json()).toEqual({ data: { __typename: 'Query' } });
  });

  test.each([
    ['no secret', null],
    ['an empty secret', ''],
    ['another secret', 'guess'],
    ['the start of the secret', SECRET.slice(0, -1)],
    ['more than the secret', `${SECRET}x`],
    ['the secret twice', `${SECRET}, ${SECRET}`],
  ])('answers nothing to %s', async (__, secret) => {
    for (const wish of ['{ __typename }', '{ _service { sdl } }', '{']) {
      const answer = await post({ query: wish, secret });
      expect(answer.status).toBe(403);
      expect(await answer.text()).not.toMatch(/typename|sdl|Syntax/);
    }
  });

  // A gateway that was fooled, or whose check was forgotten, opens nothing.
  refusesForgedTokens({
    issuer: () => issuer,
    async ask(authorization): Promise<TokenOutcome> {
      const response = (await (await post({ authorization })).json()) as SubgraphResponse;
      const code = response.errors?.[0]?.extensions?.code;
      return (code as TokenOutcome | undefined) ?? 'SERVED';
    },
  });
});
