import type { SubgraphResponse } from '#domain/viewer/subgraphRequest.ts';
import type { Person, Variables } from '#tests/subgraphs/memo/service.ts';
import type { TestAppSync } from '#tests/support/appsyncApi.ts';

/** The same person through the federated door's memo service, over the same tables. */
export function throughGateway(app: TestAppSync, { id }: Pick<Person, 'id'>): Person {
  const run = async (query: string, variables?: Variables): Promise<SubgraphResponse> => {
    const { token } = await app.issuer.issue({ userId: id, sessionId: id });
    const client = { sourceIp: '127.0.0.1' };
    const authorization = `Bearer ${token}`;
    return app.subgraphs.memo({ query, variables, authorization, client, requestId: 'test' });
  };
  return {
    id,
    async ask<Data>(query: string, variables?: Variables) {
      const { data, errors } = await run(query, variables);
      if (errors) throw new Error(`Expected data, got ${JSON.stringify(errors)}.`);
      return data as Data;
    },
    async refused(query, variables) {
      const { errors } = await run(query, variables);
      return `${errors?.[0]?.extensions?.code}: ${errors?.[0]?.message}`;
    },
  };
}
