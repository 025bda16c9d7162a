import type { DataSourceError } from '#local/appsync/dataSources/dataSource.ts';

/** A refusal of DynamoDB's, by whichever client. */
export interface DynamoDbError extends Error {
  /** DynamoDB's name of it, with or without a namespace; without it `name` is that. */
  readonly type?: string;
  readonly requestId?: string;
  readonly CancellationReasons?: unknown;
  readonly details?: Readonly<Record<string, unknown>>;
}

const NAMES = /(Exception|Failure|InternalServerError)$/;

/** Whether it is DynamoDB's answer, and no fault of ours. @param name only an error of this one */
export function isDynamoDbError(error: unknown, name?: string): error is DynamoDbError {
  if (!(error instanceof Error)) return false;
  return name === undefined ? NAMES.test(nameOf(error)) : nameOf(error) === name;
}

/** As resolvers see it: `DynamoDB:ConditionalCheckFailedException`. */
export function describe(error: DynamoDbError): DataSourceError {
  const name = nameOf(error);
  const status = /^Internal/.test(name) ? 500 : 400;
  const request = `Service: DynamoDb, Status Code: ${status}, Request ID: ${error.requestId ?? ''}`;
  return { message: `${error.message} (${request})`, type: `DynamoDB:${name}` };
}

function nameOf({ type, name }: DynamoDbError): string {
  return (type ?? name).replace(/^.*#/, '');
}

/** What is refused before DynamoDB is asked. */
export class RequestError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RequestError';
  }
}
