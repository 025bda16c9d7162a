import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  GraphQLString,
  getNullableType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { type Data, isInherited } from './data.ts';
import { leafCheck } from './leaves.ts';
import type { WeighFields } from './operations.ts';
import { collectFields, type SelectionScope } from './selections.ts';
import {
  type Complete,
  completeLeaf,
  completeList,
  completeObject,
  completeText,
  type FindFields,
  type ShapedField,
  type Shaping,
} from './shaping.ts';

export interface ShapeScope extends SelectionScope {
  /** Answers a root field about the schema itself. */
  readonly introspect: (fields: readonly FieldNode[], variables: Shaping['variables']) => unknown;
  readonly weighFields: WeighFields;
}

/**
 * Compiles the fields that were selected of an object of one type: which of them, in which order,
 * and what each must be. Types below are compiled when the first object of theirs comes.
 */
export function compileShape(
  selectionSets: readonly SelectionSetNode[],
  type: GraphQLNamedType,
  scope: ShapeScope,
): readonly ShapedField[] {
  const groups = collectFields(selectionSets, type.name, scope);
  scope.weighFields(groups.size);
  return [...groups].map(([name, nodes]) => ({
    name,
    isInherited: isInherited(name),
    complete: compileField(nodes, type, scope),
  }));
}

function compileField(
  nodes: readonly FieldNode[],
  parent: GraphQLNamedType,
  scope: ShapeScope,
): Complete {
  const name = nodes[0]?.name.value ?? '';
  // An object that only a subgraph knows by its own name must have been given another one by now.
  if (name === '__typename') return isObjectType(parent) ? () => parent.name : completeNothing;
  if (name === '__schema' || name === '__type') {
    return (_, { variables }) => scope.introspect(nodes, variables);
  }
  const hasFields = isObjectType(parent) || isInterfaceType(parent);
  const field = hasFields ? parent.getFields()[name] : undefined;
  if (!field) throw new TypeError(`Expected a field of ${parent.name}, got none called ${name}.`);
  return compileType(field.type, nodes, scope);
}

const completeNothing: Complete = completeLeaf(() => false, true);

function compileType(
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  scope: ShapeScope,
): Complete {
  const required = isNonNullType(type);
  const nullable = getNullableType(type) as GraphQLOutputType;
  if (isListType(nullable))
    return completeList(compileType(nullable.ofType, nodes, scope), required);
  if (nullable === GraphQLString) return completeText(required);
  if (isLeafType(nullable)) return completeLeaf(leafCheck(nullable), required);
  return completeObject(findFieldsOf(nullable as GraphQLNamedType, nodes, scope), required);
}

function findFieldsOf(
  type: GraphQLNamedType,
  nodes: readonly FieldNode[],
  scope: ShapeScope,
): FindFields {
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  if (isAbstractType(type)) return findFieldsByTypename(type, selectionSets, scope);
  let fields: readonly ShapedField[] | undefined;
  return () => {
    fields ??= compileShape(selectionSets, type, scope);
    return fields;
  };
}

/** An object of an interface or union says in `__typename` what it is; undefined when callers know no such type. */
function findFieldsByTypename(
  abstract: GraphQLNamedType,
  selectionSets: readonly SelectionSetNode[],
  scope: ShapeScope,
): FindFields {
  const byTypename = new Map<unknown, readonly ShapedField[]>();
  return ({ __typename: typename = abstract.name }: Data) => {
    const known = byTypename.get(typename);
    if (known) return known;
    const type = typeof typename === 'string' ? scope.schema.getType(typename) : undefined;
    if (!isObjectType(type) && !isAbstractType(type)) return undefined;
    const fields = compileShape(selectionSets, type, scope);
    byTypename.set(typename, fields);
    return fields;
  };
}
