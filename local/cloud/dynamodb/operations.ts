import { arn } from '#local/cloud/account.ts';
import { AwsError } from '#local/cloud/awsError.ts';
import { type IndexRead, type IndexReadInput, readIndexRead } from './indexRead.ts';

/** What one operation of DynamoDB's does, as far as it matters to who may do it and who hears of it. */
export interface Operation {
  readonly name: string;
  /** What its caller must be allowed to. */
  readonly access: readonly Access[];
  /** The tables it writes to. */
  readonly writesTo: readonly string[];
  /** How many items of a transaction it has; 0 when it is none. */
  readonly transactItems: number;
  /** What it asks of an index, if it reads one. */
  readonly indexRead?: IndexRead | undefined;
}

export interface Access {
  readonly action: string;
  readonly resource: string;
}

/** A request's members that name tables, unchecked: the engine says what is wrong with them. */
interface Input extends IndexReadInput {
  readonly RequestItems?: unknown;
  readonly TransactItems?: unknown;
  readonly UpdateExpression?: unknown;
}

type Describe = (input: Input, name: string) => Omit<Operation, 'name'>;

const read: Describe = (input, name) => ({ ...NOTHING, access: onTable(name, input.TableName) });
const readIndex: Describe = (input, name) => ({
  ...NOTHING,
  access: onTable(name, input.TableName, input.IndexName),
  indexRead: readIndexRead(input),
});
const write: Describe = ({ TableName }, name) => ({
  ...NOTHING,
  access: onTable(name, TableName),
  writesTo: names(TableName),
});
const NOTHING = { access: [], writesTo: [], transactItems: 0 };

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
const OPERATIONS: Readonly<Record<string, Describe>> = {
  DescribeTable: read,
  DescribeTimeToLive: read,
  ListTables: (_input, name) => ({ ...NOTHING, access: onTable(name, '*') }),
  GetItem: read,
  Query: readIndex,
  Scan: readIndex,
  PutItem: write,
  UpdateItem: (input, name) => {
    refuseListIndex(input);
    return write(input, name);
  },
  DeleteItem: write,
  BatchGetItem: ({ RequestItems }, name) => ({
    ...NOTHING,
    access: tablesOf(RequestItems).flatMap((table) => onTable(name, table)),
  }),
  BatchWriteItem: ({ RequestItems }, name) => ({
    ...NOTHING,
    access: tablesOf(RequestItems).flatMap((table) => onTable(name, table)),
    writesTo: tablesOf(RequestItems),
  }),
  TransactGetItems: ({ TransactItems }) => describeTransaction(TransactItems),
  TransactWriteItems: ({ TransactItems }) => describeTransaction(TransactItems),
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html */
const TRANSACT_ACTIONS: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};
const WRITING_ITEMS = new Set(['Put', 'Update', 'Delete']);

/** @throws AwsError for an operation that isn't offered here, and for what the engine does in another way than DynamoDB */
export function describeOperation(name: string, body: Buffer): Operation {
  const describe = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  if (!describe) {
    throw new AwsError(
      'UnknownOperationException',
      `DynamoDB on a laptop doesn't offer ${name}; it offers ${Object.keys(OPERATIONS).join(', ')}.`,
    );
  }
  return { name, ...describe(parse(body), name) };
}

function parse(body: Buffer): Input {
  try {
    return Object(JSON.parse(body.toString()));
  } catch {
    throw new AwsError('SerializationException', 'Expected the body to be JSON.');
  }
}

function describeTransaction(items: unknown): Omit<Operation, 'name'> {
  const list = Array.isArray(items) ? items : [];
  const parts = list.flatMap((item) => Object.entries<Input>(Object(item)));
  for (const [, input] of parts) refuseListIndex(Object(input));
  return {
    access: parts.flatMap(([kind, input]) =>
      onTable(TRANSACT_ACTIONS[kind] ?? kind, Object(input).TableName),
    ),
    writesTo: [
      ...new Set(
        parts.flatMap(([kind, input]) =>
          WRITING_ITEMS.has(kind) ? names(Object(input).TableName) : [],
        ),
      ),
    ],
    transactItems: list.length,
  };
}

const tablesOf = (requestItems: unknown): string[] => Object.keys(Object(requestItems));

/** Without a name there is nothing to reach, and the engine says that it expected one. */
const names = (tableName: unknown): string[] => (typeof tableName === 'string' ? [tableName] : []);

function onTable(operation: string, tableName: unknown, indexName?: unknown): Access[] {
  return names(tableName).map((name) => {
    if (name.startsWith('arn:')) {
      throw new AwsError(
        'ValidationException',
        `DynamoDB on a laptop takes names of tables, no ARNs; got ${name}.`,
      );
    }
    const index = typeof indexName === 'string' ? `/index/${indexName}` : '';
    return {
      action: `dynamodb:${operation}`,
      resource: arn('dynamodb', `table/${name}${index}`),
    };
  });
}

/** DynamoDB appends to a list what is set behind its end; the engine fills the gap with nulls. Whether there is one it doesn't tell. */
function refuseListIndex({ UpdateExpression: expression }: Input): void {
  if (typeof expression !== 'string' || !/\[\d+\]\s*=/.test(expression)) return;
  throw new AwsError(
    'ValidationException',
    'Setting an element of a list by its number is refused on a laptop, where the engine does it in another way than DynamoDB. Use list_append, or set the whole list.',
  );
}
