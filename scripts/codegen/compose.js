import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { lexicographicSortSchema, parse, printSchema } from 'graphql';

/** The subgraphs of the federated door, each with the file that holds its text. */
export const SUBGRAPHS = { auth: 'schema/auth.graphql', memo: 'schema/memo.graphql' };

/** @param {keyof typeof SUBGRAPHS} name */
export function readSubgraph(name) {
  return readFileSync(SUBGRAPHS[name], 'utf8');
}

/** Composes the subgraph texts; throws with every composition error when they don't fit together. */
export function composeSupergraph() {
  const services = Object.keys(SUBGRAPHS).map((name) => ({
    name,
    // The gateway is told at start-up where its subgraphs are; the address here is only a name.
    url: `subgraph://${name}`,
    typeDefs: parse(readSubgraph(name)),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (errors) throw new Error(errors.map((error) => error.message).join('\n'));
  return supergraphSdl;
}

/** The API that clients see: no federation, sorted so that a diff shows only what changed. */
export function printApi() {
  const apiSchema = Supergraph.build(composeSupergraph()).apiSchema().toGraphQLJSSchema();
  return printSchema(lexicographicSortSchema(apiSchema));
}
