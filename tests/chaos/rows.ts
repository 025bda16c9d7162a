/** How many rows of connections and subscriptions the live table holds: none when nobody is there. */
export async function countRows(engine: string): Promise<number> {
  const response = await fetch(engine, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.Scan',
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify({
      TableName: 'memopad-live',
      ProjectionExpression: 'PK',
      FilterExpression: 'begins_with(PK, :connection) OR begins_with(PK, :watcher)',
      ExpressionAttributeValues: { ':connection': { S: 'C#' }, ':watcher': { S: 'T#' } },
    }),
  });
  const { Count } = (await response.json()) as { Count?: number };
  if (Count === undefined) throw new Error(`Expected a count, got HTTP ${response.status}.`);
  return Count;
}
