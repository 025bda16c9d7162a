import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { supergraphSdl } from '#schema/generated/sdl.ts';
import { answerBench } from '#tests/bench/harness/child.ts';
import { readSetupOptions } from './options.ts';

/**
 * @apollo/gateway as its documentation sets it up: default data sources, the standalone server.
 * https://www.apollographql.com/docs/apollo-server/using-federation/apollo-gateway-setup
 */
const { subgraphs } = readSetupOptions();
const gateway = new ApolloGateway({
  supergraphSdl: supergraphSdl
    .replace('subgraph://auth', subgraphs.auth)
    .replace('subgraph://memo', subgraphs.memo),
});
const server = new ApolloServer({ gateway } as ConstructorParameters<typeof ApolloServer>[0]);
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
answerBench({ url, headers: {} });
