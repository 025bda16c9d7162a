import { createHash } from 'node:crypto';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  parse,
} from 'graphql';
import type { SubgraphResponse } from '#domain/viewer/subgraphRequest.ts';
import type { SubgraphQuestion } from '#gateway/executor/run.ts';

export interface Mood {
  /** The same seed gives the same data, whoever asks in whichever order. */
  readonly seed: number;
  /** One in so many nullable fields is null, one in so many fields fails; 0: none. */
  readonly nullOneIn: number;
  readonly failOneIn: number;
  /** Fields that are left out of every answer, as if the subgraph had forgotten them. */
  readonly forgotten?: readonly string[];
}

/** A subgraph whose data is computed from a seed: objects of an entity are the same wherever they are met. */
export function inventSubgraph(sdl: string) {
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl) });
  return async (
    { query, variables, operationName }: SubgraphQuestion,
    mood: Mood,
  ): Promise<SubgraphResponse> => {
    const result = await execute({
      schema,
      document: parse(query),
      variableValues: JSON.parse(JSON.stringify(variables ?? {})),
      operationName,
      fieldResolver: createResolver(schema, mood),
      typeResolver: (value) => (value as Invented).__typename,
    });
    const { forgotten = [] } = mood;
    const text = JSON.stringify(result, (key, value) =>
      forgotten.includes(key) ? undefined : value,
    );
    return JSON.parse(text);
  };
}

interface Invented {
  readonly __typename?: string;
  readonly key?: string;
  readonly [name: string]: unknown;
}

function createResolver(
  schema: GraphQLSchema,
  { seed, nullOneIn, failOneIn }: Mood,
): GraphQLFieldResolver<Invented | undefined, unknown> {
  const chance: Chance = (key, most) =>
    createHash('sha256').update(`${seed}:${key}`).digest().readUInt32BE() % most;
  const invent = (type: GraphQLOutputType, key: string): unknown => {
    if (!isNonNullType(type) && nullOneIn > 0 && chance(`${key}?`, nullOneIn) === 0) return null;
    const nullable = getNullableType(type) as GraphQLOutputType;
    if (!isListType(nullable)) return inventOne(schema, nullable, key, chance);
    const length = chance(`${key}#`, 4);
    return Array.from({ length }, (_, index) => invent(nullable.ofType, `${key}.${index}`));
  };
  return (source, args, _, { parentType, fieldName, returnType }) => {
    const owner = source?.key ?? source?.id ?? '';
    const key = `${parentType.name}/${String(owner)}/${fieldName}/${JSON.stringify(args)}`;
    if (failOneIn > 0 && chance(`${key}*`, failOneIn) === 0) throw new Error(`No ${fieldName}.`);
    return source && Object.hasOwn(source, fieldName) ? source[fieldName] : invent(returnType, key);
  };
}

type Chance = (key: string, most: number) => number;

function inventOne(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  key: string,
  chance: Chance,
): unknown {
  const pick = <Item>(items: readonly Item[]) => items[chance(`${key}!`, items.length)];
  if (isScalarType(type)) return inventScalar(type.name, chance(key, 50));
  if (isEnumType(type)) return pick(type.getValues())?.name;
  const chosen = isAbstractType(type) ? pick(schema.getPossibleTypes(type)) : type;
  const typename = String(chosen);
  if (!isObjectType(chosen) || !('id' in chosen.getFields())) return { __typename: typename, key };
  const id = `${typename.toLowerCase()}${chance(key, 5)}`;
  return { __typename: typename, id, key: id };
}

function inventScalar(name: string, number: number): unknown {
  if (name === 'Int') return number;
  if (name === 'Float') return number / 4;
  if (name === 'Boolean') return number % 2 === 0;
  return `${name} ${number}`;
}
