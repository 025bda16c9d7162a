/**
 * What ended a field, as AppSync tells it.
 * https://docs.aws.amazon.com/appsync/latest/devguide/built-in-util-js.html
 */
export interface FieldProblem {
  readonly message: string;
  readonly errorType?: string | null | undefined;
  readonly data?: unknown;
  readonly errorInfo?: unknown;
}

/** Carries a problem through graphql-js, which adds the path and the place in the document. */
export class FieldError extends Error {
  readonly problem: FieldProblem;

  constructor(problem: FieldProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

export function notAuthorized(typeName: string, fieldName: string): FieldError {
  return new FieldError({
    message: `Not Authorized to access ${fieldName} on type ${typeName}`,
    errorType: 'Unauthorized',
  });
}
