/** A Query or Scan of an index, as far as it matters to what the index must hold. */
export interface IndexRead {
  readonly tableName: string;
  readonly indexName: string;
  /** The names of what it asks for one by one, without what is below them. */
  readonly attributes: readonly string[];
  /** Whether it asks for whole items: `Select: 'ALL_ATTRIBUTES'`. */
  readonly wantsAll: boolean;
}

/** A request's members, unchecked: the engine says what is wrong with them. */
export interface IndexReadInput {
  readonly TableName?: unknown;
  readonly IndexName?: unknown;
  readonly ProjectionExpression?: unknown;
  readonly ExpressionAttributeNames?: unknown;
  readonly Select?: unknown;
}

/** Undefined for a read of the table itself. */
export function readIndexRead(input: IndexReadInput): IndexRead | undefined {
  const { TableName: tableName, IndexName: indexName, ProjectionExpression: projection } = input;
  if (typeof tableName !== 'string' || typeof indexName !== 'string') return undefined;
  const names: Readonly<Record<string, unknown>> = Object(input.ExpressionAttributeNames);
  const paths = typeof projection === 'string' ? projection.split(',') : [];
  // `#a.b[0]` asks for a part of what `#a` stands for.
  const tops = paths.map((path) => /^[^.[\s]*/.exec(path.trim())?.[0] ?? '');
  return {
    tableName,
    indexName,
    attributes: tops.map((name) => String(names[name] ?? name)),
    wantsAll: input.Select === 'ALL_ATTRIBUTES',
  };
}
