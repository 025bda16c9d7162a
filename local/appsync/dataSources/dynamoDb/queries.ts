import type { DataSourceOutcome } from '#local/appsync/dataSources/dataSource.ts';
import { type AttributeMap, fromWire } from './attributes.ts';
import { RequestError } from './errors.ts';
import { parsed, type Request } from './request.ts';
import { attributes, type Table } from './send.ts';

/** Query, a page: `{ items, nextToken, scannedCount }`. */
export async function query(request: Request, table: Table): Promise<DataSourceOutcome> {
  const { query: keys, projection } = request;
  if (!keys) throw new RequestError('A Query needs a query.');
  const filter = parsed(request.filter);
  const output = await table.send('Query', {
    TableName: table.tableName,
    KeyConditionExpression: keys.expression,
    ...(filter && { FilterExpression: filter.expression }),
    ...(projection && { ProjectionExpression: projection.expression }),
    ...attributes(keys, filter, projection),
    ...reading(request),
    ...page(request),
  });
  const { Items = [], ScannedCount, LastEvaluatedKey } = output as unknown as Page;
  return {
    result: {
      items: Items.map(fromWire),
      nextToken: LastEvaluatedKey ? tokenOf(LastEvaluatedKey) : null,
      scannedCount: ScannedCount,
    },
  };
}

interface Page {
  readonly Items?: readonly AttributeMap[];
  readonly ScannedCount: number;
  readonly LastEvaluatedKey?: AttributeMap;
}

function reading({ index, consistentRead, scanIndexForward, select }: Request): object {
  return {
    ...(index != null && { IndexName: index }),
    ...(consistentRead != null && { ConsistentRead: consistentRead }),
    ...(scanIndexForward != null && { ScanIndexForward: scanIndexForward }),
    ...(select != null && { Select: select }),
  };
}

function page({ limit, nextToken }: Request): object {
  return {
    ...(limit != null && { Limit: limit }),
    ...(nextToken != null && { ExclusiveStartKey: keyOf(nextToken) }),
  };
}

/** AWS's are encrypted; nobody may look into either. */
function tokenOf(key: AttributeMap): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function keyOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    throw new RequestError('Invalid pagination token given');
  }
}
