import { buildASTSchema, type GraphQLSchema, isAbstractType, isObjectType, parse } from 'graphql';

/** What plans need to know of types, those included that only subgraphs see. */
export interface Types {
  /** Whether an object of the type `typename` is one of the type `condition`. */
  isSubtype(typename: string, condition: string): boolean;
}

export interface TypesOptions {
  /** The schema that callers see. */
  readonly schema: GraphQLSchema;
  readonly supergraphSdl: string;
}

/** Reads the supergraph only when a plan asks for an abstract type: most never do, and a cold start shouldn't. */
export function createTypes({ schema, supergraphSdl }: TypesOptions): Types {
  let supergraph: GraphQLSchema | undefined;
  return {
    isSubtype(typename, condition) {
      if (typename === condition) return true;
      if (isObjectType(schema.getType(condition))) return false;
      supergraph ??= buildASTSchema(parse(supergraphSdl), {
        assumeValid: true,
        assumeValidSDL: true,
      });
      return isSubtypeIn(supergraph, typename, condition);
    },
  };
}

/** As graphql-js's `isSubType`, for names, and true of a type and itself. */
export function isSubtypeIn(schema: GraphQLSchema, typename: string, condition: string): boolean {
  if (typename === condition) return true;
  const type = schema.getType(typename);
  const abstract = schema.getType(condition);
  if (!type || !abstract || !isAbstractType(abstract)) return false;
  return 'getInterfaces' in type && schema.isSubType(abstract, type);
}
