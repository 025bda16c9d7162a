import { type Attribute, toDynamoDB } from './values.ts';

export interface UpdateExpression {
  readonly expression: string;
  readonly expressionNames: Readonly<Record<string, string>>;
  readonly expressionValues?: Readonly<Record<string, Attribute | null>>;
}

interface Operation {
  readonly type: string;
  readonly value?: unknown;
  readonly items?: unknown;
  readonly by?: unknown;
  readonly index?: number;
}

/** The update of `update({ key, update })`: one clause an attribute, numbered as AWS numbers them. */
export function updateExpression(update: object): UpdateExpression {
  const names: Record<string, string> = {};
  const values: Record<string, Attribute | null> = {};
  const sets: string[] = [];
  const removals: string[] = [];
  let number = 0;
  for (const [attribute, wish] of Object.entries(update)) {
    for (const operation of operationsOf(wish)) {
      number += 1;
      const name = `#expName_${number}`;
      names[name] = attribute;
      if (operation.type === 'OPERATION_REMOVE') removals.push(name);
      else {
        const value = `:expValue_${number}`;
        values[value] = toDynamoDB(operation.value ?? operation.items ?? operation.by ?? null);
        sets.push(assignment(name, value, operation));
      }
    }
  }
  const set = sets.length > 0 ? [`SET ${sets.join(', ')}`] : [];
  const remove = removals.length > 0 ? [`REMOVE ${removals.join(', ')}`] : [];
  return {
    expression: [...set, ...remove].join(' '),
    expressionNames: names,
    ...(sets.length > 0 && { expressionValues: values }),
  };
}

function operationsOf(wish: unknown): readonly Operation[] {
  if (isOperation(wish)) return [wish];
  if (Array.isArray(wish) && wish.length > 0 && wish.every(isOperation)) return wish;
  return [{ type: 'OPERATION_REPLACE', value: wish }];
}

function isOperation(value: unknown): value is Operation {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  return typeof value.type === 'string' && value.type.startsWith('OPERATION_');
}

function assignment(name: string, value: string, { type, index }: Operation): string {
  switch (type) {
    case 'OPERATION_APPEND':
      return `${name} = list_append(${name}, ${value})`;
    case 'OPERATION_PREPEND':
      return `${name} = list_append(${value}, ${name})`;
    case 'OPERATION_INCREMENT':
      return `${name} = ${name} + ${value}`;
    case 'OPERATION_DECREMENT':
      return `${name} = ${name} - ${value}`;
    case 'OPERATION_UPDATE_LIST_ITEM':
      return `${name}[${index}] = ${value}`;
    default:
      return `${name} = ${value}`;
  }
}
