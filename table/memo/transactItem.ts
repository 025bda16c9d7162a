import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Expression, TableWrite } from './tableWrite.ts';

/** A write as part of a transaction, in the SDK's words. */
export function transactItem(TableName: string, write: TableWrite): TransactWriteItem {
  const Key = marshall(write.key);
  const { condition } = write;
  switch (write.operation) {
    case 'PutItem': {
      const Item = { ...Key, ...marshall(write.attributes) };
      return { Put: { TableName, Item, ...conditionOf(condition) } };
    }
    case 'UpdateItem':
      return { Update: { TableName, Key, ...updateOf(write.update, condition) } };
    case 'DeleteItem':
      return { Delete: { TableName, Key, ...conditionOf(condition) } };
    case 'ConditionCheck':
      return {
        ConditionCheck: {
          TableName,
          Key,
          ConditionExpression: write.condition.expression,
          ...placeholdersOf([write.condition]),
        },
      };
  }
}

function conditionOf(condition: Expression | undefined) {
  if (!condition) return {};
  return { ConditionExpression: condition.expression, ...placeholdersOf([condition]) };
}

/** An update and its condition share their placeholders. */
export function updateOf(update: Expression, condition: Expression | undefined) {
  return {
    UpdateExpression: update.expression,
    ...(condition && { ConditionExpression: condition.expression }),
    ...placeholdersOf(condition ? [update, condition] : [update]),
  };
}

/** DynamoDB refuses empty maps of them. */
function placeholdersOf(expressions: readonly Expression[]) {
  const names = Object.assign({}, ...expressions.map((one) => one.names));
  const values = Object.assign({}, ...expressions.map((one) => one.values));
  return {
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: marshall(values) }),
  };
}
