import { RemovalPolicy } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { TableDefinition } from '#table/tables.ts';
import { allow } from './function.ts';
import type { Stage } from './stages.ts';

/** A table on demand, restorable to any second of the last 35 days, made from the definition the laptop uses too. */
export function makeTable(
  scope: Construct,
  id: string,
  definition: TableDefinition,
  stage: Stage,
): TableV2 {
  return new TableV2(scope, id, {
    partitionKey: text(definition.partitionKey),
    sortKey: text(definition.sortKey),
    billing: Billing.onDemand(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    timeToLiveAttribute: definition.timeToLiveAttribute,
    deletionProtection: stage.keepsData,
    removalPolicy: stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    localSecondaryIndexes: definition.localIndexes.map(({ name, sortKey, projected }) => ({
      indexName: name,
      sortKey: text(sortKey),
      ...project(projected),
    })),
    globalSecondaryIndexes: definition.globalIndexes.map((index) => ({
      indexName: index.name,
      partitionKey: text(index.partitionKey),
      sortKey: text(index.sortKey),
      ...project(index.projected),
    })),
    ...(definition.streamed && { dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES }),
  });
}

/**
 * Lets a function, or a role, do these things to the items of a table, and query each of its indexes by name:
 * `index/*` would grant more than there is.
 * @param actions without their prefix: `GetItem`
 */
export function allowTable(
  to: IGrantable,
  table: TableV2,
  definition: TableDefinition,
  actions: readonly string[],
): void {
  const qualified = actions.map((action) => `dynamodb:${action}`);
  allow(to, qualified, [table.tableArn]);
  const indexes = [...definition.localIndexes, ...definition.globalIndexes];
  if (indexes.length === 0) return;
  const arns = indexes.map(({ name }) => `${table.tableArn}/index/${name}`);
  allow(to, ['dynamodb:Query'], arns);
}

const project = (projected: readonly string[]) =>
  projected.length === 0
    ? { projectionType: ProjectionType.KEYS_ONLY }
    : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...projected] };

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });
