interface Page {
  readonly Items?: readonly { readonly PK: { readonly S: string } }[];
  readonly LastEvaluatedKey?: object;
}

/** How many rows of connections and subscriptions the live table holds: none when nobody is there. */
export async function countRows(engine: string): Promise<number> {
  let count = 0;
  let start: object | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await scan(engine, start);
    count += Items.filter(({ PK }) => /^[CT]#/.test(PK.S)).length;
    start = LastEvaluatedKey;
  } while (start);
  return count;
}

async function scan(engine: string, start: object | undefined): Promise<Page> {
  const response = await fetch(engine, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.Scan',
      // The engine checks no signature, but wants to see one.
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify({
      TableName: 'memopad-live',
      ProjectionExpression: 'PK',
      ExclusiveStartKey: start,
    }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`Expected a page of rows, got: ${text}`);
  return JSON.parse(text) as Page;
}
