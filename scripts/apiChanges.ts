import {
  astFromValue,
  DangerousChangeType,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLInputField,
  type GraphQLSchema,
  isInputObjectType,
  print,
} from 'graphql';

/**
 * What a client written against the old API would trip over in the new one, in words; empty when
 * there are only additions. A changed default is counted in: it changes what an old request means.
 */
export function findClientBreaks(oldApi: GraphQLSchema, newApi: GraphQLSchema): string[] {
  return [
    ...findBreakingChanges(oldApi, newApi).map(({ description }) => description),
    ...findDangerousChanges(oldApi, newApi)
      .filter(({ type }) => type === DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE)
      .map(({ description }) => description),
    ...findChangedInputDefaults(oldApi, newApi),
  ];
}

/** graphql-js compares the defaults of arguments only. */
function findChangedInputDefaults(oldApi: GraphQLSchema, newApi: GraphQLSchema): string[] {
  const changes: string[] = [];
  for (const oldType of Object.values(oldApi.getTypeMap())) {
    const newType = newApi.getType(oldType.name);
    if (!isInputObjectType(oldType) || !isInputObjectType(newType)) continue;
    for (const field of Object.values(oldType.getFields())) {
      const before = printDefault(field);
      const after = printDefault(newType.getFields()[field.name] ?? field);
      if (before === after) continue;
      changes.push(`${oldType.name}.${field.name} has changed its default: ${before} → ${after}.`);
    }
  }
  return changes;
}

function printDefault({ defaultValue, type }: GraphQLInputField): string {
  const node = defaultValue === undefined ? null : astFromValue(defaultValue, type);
  return node ? print(node) : 'none';
}
