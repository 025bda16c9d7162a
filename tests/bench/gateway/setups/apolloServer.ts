import { readFileSync } from 'node:fs';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { wholeResolvers } from '#tests/bench/gateway/schema.ts';
import { answerBench } from '#tests/bench/harness/child.ts';

/** One Apollo Server with the whole API and no federation, as its documentation sets it up. */
const api = new URL('../../../../schema/generated/api.graphql', import.meta.url);
const server = new ApolloServer({
  typeDefs: readFileSync(api, 'utf8'),
  resolvers: wholeResolvers,
});
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
answerBench({ url, headers: {} });
