import { ApolloServer, HeaderMap } from '@apollo/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { parse } from 'graphql';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { SubgraphRequest } from '#domain/viewer/subgraphRequest.ts';
import { memoSdl } from '#schema/generated/sdl.ts';

/**
 * The memo subgraph as tutorials make one: Apollo Server over @apollo/subgraph, the SDK's client and
 * jose's remote keys, each with its defaults. It reads the same memo for the same token.
 */
const { JWKS_URL = '', ISSUER = '', TABLE_NAME } = process.env;
const keys = createRemoteJWKSet(new URL(JWKS_URL));
const dynamoDb = new DynamoDBClient({});
const resolvers = { Query: { memo: (_: unknown, { id }: { id: string }) => readMemo(id) } };
const schema = buildSubgraphSchema({ typeDefs: parse(memoSdl), resolvers });
const server = new ApolloServer({ schema });
const started = server.start();

async function readMemo(id: string) {
  const [padId, ulid] = id.split('.');
  const Key = { PK: { S: `PAD#${padId}` }, SK: { S: `MEMO#${ulid}` } };
  const { Item } = await dynamoDb.send(new GetItemCommand({ TableName: TABLE_NAME, Key }));
  return Item && { id, ...unmarshall(Item) };
}

export async function handler({ query, variables, authorization = '' }: SubgraphRequest) {
  await started;
  const token = authorization.replace('Bearer ', '');
  await jwtVerify(token, keys, { issuer: ISSUER, audience: 'memopad' });
  const { body } = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: 'POST',
      headers: new HeaderMap([['content-type', 'application/json']]),
      search: '',
      body: { query, variables },
    },
    context: async () => ({}),
  });
  return body.kind === 'complete' ? JSON.parse(body.string) : {};
}
