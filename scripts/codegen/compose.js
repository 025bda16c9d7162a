import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { Kind, lexicographicSortSchema, parse, print, printSchema, visit } from 'graphql';

/** The subgraphs of the federated door, each with the files that hold its text: one a concern. */
export const SUBGRAPHS = {
  auth: ['schema/auth.graphql'],
  memo: ['schema/memo.graphql', 'schema/live.graphql'],
};

/** @param {keyof typeof SUBGRAPHS} name */
export function readSubgraph(name) {
  const [text, ...more] = SUBGRAPHS[name].map((path) => readFileSync(path, 'utf8'));
  const whole = more.length === 0 ? text : print(mergeTypes(parse([text, ...more].join('\n'))));
  return withoutAppSync(whole);
}

/** Directives for AppSync (`@aws_iam`) mean nothing to a subgraph, which would refuse them. */
export function withoutAppSync(text) {
  if (!text.includes('@aws_')) return text;
  const isAppSyncs = ({ name }) => name.value.startsWith('aws_');
  return print(visit(parse(text), { Directive: (node) => (isAppSyncs(node) ? null : undefined) }));
}

/** A type that several files define has the fields of all; its description is the first one's. */
function mergeTypes({ definitions, ...document }) {
  const merged = new Map();
  for (const definition of definitions) {
    const key = definition.name?.value ?? definition;
    const known = merged.get(key);
    if (known && definition.kind !== Kind.OBJECT_TYPE_DEFINITION) {
      throw new Error(`Expected one definition of ${key}, got two.`);
    }
    const fields = [...(known?.fields ?? []), ...(definition.fields ?? [])];
    merged.set(key, { ...definition, ...known, ...(known && { fields }) });
  }
  return { ...document, definitions: [...merged.values()] };
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
