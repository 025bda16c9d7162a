import { AwsError } from '#local/cloud/awsError.ts';
import type { IndexRead } from './indexRead.ts';
import type { Index, LocalTable } from './localTable.ts';

/** @param read of an index, if it is one. @throws AwsError when it asks for what the index doesn't hold */
export type CheckIndexRead = (read: IndexRead | undefined) => void;

/**
 * DynamoDB refuses to read from a global index what is only in the table, and fetches for a local one
 * the rest of each item. The engine answers with items that lack it, as if they had none.
 * The words of the first are AWS's: https://github.com/localstack/localstack/issues/478
 */
export function createIndexReadCheck(tables: readonly LocalTable[]): CheckIndexRead {
  const held = new Map(tables.flatMap(describeIndexes));
  return (read) => {
    const index = read && held.get(toKey(read.tableName, read.indexName));
    // Of one that isn't there the engine says so.
    if (!index || index.holdsAll) return;
    const missing = read.attributes.filter((name) => !index.attributes.has(name));
    if (index.isGlobal) refuseMissing(read.indexName, missing);
    else refuseFetching(read.indexName, read.wantsAll ? ['all attributes'] : missing);
  };
}

function refuseMissing(indexName: string, missing: readonly string[]): void {
  if (missing.length === 0) return;
  throw invalid(
    `One or more parameter values were invalid: Global secondary index ${indexName} does not project [${missing.join(', ')}]`,
  );
}

function refuseFetching(indexName: string, missing: readonly string[]): void {
  if (missing.length === 0) return;
  throw invalid(
    `The local index ${indexName} doesn't hold ${missing.join(', ')}. DynamoDB would fetch each item from its table, the engine on a laptop doesn't: project it, or read the items themselves.`,
  );
}

interface HeldByIndex {
  readonly isGlobal: boolean;
  readonly holdsAll: boolean;
  readonly attributes: ReadonlySet<string>;
}

/** Neither name has a slash in it. */
const toKey = (tableName: string, indexName: string): string => `${tableName}/${indexName}`;

function describeIndexes(table: LocalTable): [string, HeldByIndex][] {
  const describe =
    (isGlobal: boolean) =>
    ({ IndexName, KeySchema, Projection }: Index): [string, HeldByIndex] => {
      const keys = [...table.keySchema, ...KeySchema].map(({ AttributeName }) => AttributeName);
      const attributes = new Set([...keys, ...(Projection.NonKeyAttributes ?? [])]);
      const holdsAll = Projection.ProjectionType === 'ALL';
      return [toKey(table.tableName, IndexName), { isGlobal, holdsAll, attributes }];
    };
  return [...table.globalIndexes.map(describe(true)), ...table.localIndexes.map(describe(false))];
}

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);
