/**
 * What resolvers send to a DynamoDB data source, as far as it is read here.
 * https://docs.aws.amazon.com/appsync/latest/devguide/js-resolver-reference-dynamodb.html
 */
export interface Request {
  readonly operation: string;
  readonly key: object;
  readonly attributeValues?: object;
  readonly update?: Expression;
  readonly condition?: Condition | string;
  readonly query?: Expression;
  readonly filter?: Expression | string;
  readonly projection?: Expression;
  readonly index?: string;
  readonly limit?: number;
  readonly nextToken?: string | null;
  readonly scanIndexForward?: boolean;
  readonly consistentRead?: boolean;
  readonly select?: string;
  readonly tables?: Readonly<Record<string, TableRequest | readonly object[]>>;
  readonly transactItems?: readonly (Request & { readonly table: string })[];
}

export interface TableRequest {
  readonly keys: readonly object[];
  readonly consistentRead?: boolean;
  readonly projection?: Expression;
}

export interface Expression {
  readonly expression: string;
  readonly expressionNames?: Readonly<Record<string, string>>;
  readonly expressionValues?: Readonly<Record<string, unknown>>;
}

export interface Condition extends Expression {
  readonly equalsIgnore?: readonly string[];
  readonly consistentRead?: boolean;
  readonly conditionalCheckFailedHandler?: { readonly strategy?: string };
  readonly returnValuesOnConditionCheckFailure?: boolean;
}

/** `util.transform` gives expressions as JSON texts, and the data source takes them as such, too. */
export function parsed<Kind extends Expression>(
  expression: Kind | string | undefined,
): Kind | undefined {
  return typeof expression === 'string' ? JSON.parse(expression) : expression;
}
