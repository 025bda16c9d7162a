import { ApolloGateway, LocalGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { authSdl, memoSdl, supergraphSdl } from '#schema/generated/sdl.ts';
import { authResolvers, memoResolvers } from '#tests/bench/gateway/schema.ts';
import { answerBench } from '#tests/bench/harness/child.ts';

/** @apollo/gateway with both subgraphs in its own process, by the data source it ships for that. */
const schemas = {
  auth: buildSubgraphSchema({ typeDefs: parse(authSdl), resolvers: authResolvers }),
  memo: buildSubgraphSchema({ typeDefs: parse(memoSdl), resolvers: memoResolvers }),
};
const gateway = new ApolloGateway({
  supergraphSdl,
  buildService: ({ name }) =>
    new LocalGraphQLDataSource(schemas[name === 'auth' ? 'auth' : 'memo']),
});
const server = new ApolloServer({ gateway } as ConstructorParameters<typeof ApolloServer>[0]);
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
answerBench({ url, headers: {} });
