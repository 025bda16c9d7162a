// Stands in for @apollo/federation-internals where @apollo/subgraph builds a schema with it: the same
// schema by graphql-js alone. Our texts were validated when they were composed, and half a megabyte
// of code need not be loaded at every cold start to do it again.
import { buildASTSchema, concatAST, Kind, parse } from 'graphql';

export const FEDERATION_UNNAMED_SUBGRAPH_NAME = '<unnamed>';

/** https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec */
export function buildSubgraph(_name, _url, document) {
  const entities = document.definitions.filter(isEntity).map(({ name }) => name.value);
  const machinery = parse(entities.length > 0 ? SERVICE + entityFields(entities) : SERVICE);
  const schema = buildASTSchema(concatAST([document, machinery]), {
    assumeValid: true,
  });
  return {
    schema: {
      document,
      schemaDefinition: { rootType: () => schema.getQueryType() },
      toGraphQLJSSchema: () => schema,
    },
    metadata: () => ({ entityType: () => schema.getType('_Entity') }),
  };
}

/** The text of a schema made above, as it was given: what `_service { sdl }` answers. */
export const printSchema = ({ document }) => document.definitions[0].loc.source.body;

export function assert(condition, message) {
  if (!condition) throw new Error(typeof message === 'function' ? message() : message);
}

const SERVICE = 'type _Service { sdl: String } extend type Query { _service: _Service! }';

const entityFields = (entities) =>
  `scalar _Any union _Entity = ${entities.join('|')}
  extend type Query { _entities(representations: [_Any!]!): [_Entity]! }`;

function isEntity({ kind, directives }) {
  return (
    kind === Kind.OBJECT_TYPE_DEFINITION && directives.some(({ name }) => name.value === 'key')
  );
}
