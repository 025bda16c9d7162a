/** A value as DynamoDB's data source takes it: `{ S: "text" }`, `{ N: 1 }`, `{ NULL: null }`. */
export type Attribute = Readonly<Record<string, unknown>>;

/**
 * `util.dynamodb`: plain values to attributes. Lists always become `L`, never sets; numbers stay
 * numbers; absent becomes null. Recorded: tests/local/appsync/vectors.
 */
export const VALUES = {
  toDynamoDB,
  toMapValues,
  toString: orNull((S: string) => ({ S })),
  toStringSet: orNull((SS: readonly string[]) => ({ SS })),
  toNumber: orNull((N: number) => ({ N })),
  toNumberSet: orNull((NS: readonly number[]) => ({ NS })),
  toBinary: orNull((B: string) => ({ B })),
  toBinarySet: orNull((BS: readonly string[]) => ({ BS })),
  toBoolean: orNull((BOOL: boolean) => ({ BOOL })),
  toNull: () => ({ NULL: null }),
  toList: orNull((list: readonly unknown[]) => ({ L: list.map(toDynamoDB) })),
  toMap: orNull((map: object) => ({ M: toMapValues(map) })),
  toS3Object: (key: string, bucket: string, region: string, version?: string) => ({
    S: JSON.stringify({ s3: { key, bucket, region, version } }),
  }),
  fromS3ObjectJson: (text: string) => JSON.parse(text).s3,
};

export function toDynamoDB(value: unknown): Attribute | null {
  if (value === undefined) return null;
  if (value === null) return { NULL: null };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(toDynamoDB) };
  return { M: toMapValues(value) };
}

export function toMapValues(map: object): Record<string, Attribute | null> {
  const present = Object.entries(map).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present.map(([name, value]) => [name, toDynamoDB(value)]));
}

function orNull<Value>(convert: (value: Value) => Attribute) {
  return (value: Value | null | undefined) => (value == null ? null : convert(value));
}
