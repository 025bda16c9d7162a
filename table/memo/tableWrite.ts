/**
 * A write of one row in plain values, which each door puts into the words of its DynamoDB: the SDK's
 * (`transactItem.ts`), or those of AppSync's resolvers.
 */

export type PlainValue = string | number;

export type Row = Readonly<Record<string, PlainValue>>;

export interface RowKey {
  readonly PK: string;
  readonly SK: string;
}

/** With the placeholders of DynamoDB's expressions: `#name`, `:value`. */
export interface Expression {
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Row;
}

interface OfRow {
  readonly key: RowKey;
  readonly condition?: Expression;
}

/** `attributes` are all but the key. */
export interface PutRow extends OfRow {
  readonly operation: 'PutItem';
  readonly attributes: Row;
}

export interface UpdateRow extends OfRow {
  readonly operation: 'UpdateItem';
  readonly update: Expression;
}

export interface DeleteRow extends OfRow {
  readonly operation: 'DeleteItem';
}

/** Writes nothing; the transaction fails with its condition. */
export interface CheckRow extends OfRow {
  readonly operation: 'ConditionCheck';
  readonly condition: Expression;
}

export type TableWrite = PutRow | UpdateRow | DeleteRow | CheckRow;
