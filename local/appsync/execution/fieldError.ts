import type { Position } from '#local/appsync/sandbox/outcome.ts';

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

/** Where a problem arose: for the log, never for clients. */
export interface Origin {
  /** Of a pipeline; left out where the resolver's own code runs. */
  readonly function?: string | undefined;
  readonly handler: 'request' | 'response';
  /** A fault of the code has one. */
  readonly position?: Position | undefined;
  /** The same in the source it comes from. */
  readonly source?: string | undefined;
  /** What the step's data source had failed with. */
  readonly cause?: SourceFailure | undefined;
}

export interface SourceFailure {
  readonly dataSource: string;
  readonly type: string;
  readonly message: string;
}

/** Carries a problem through graphql-js, which adds the path and the place in the document. */
export class FieldError extends Error {
  readonly problem: FieldProblem;
  readonly origin: Origin | undefined;

  constructor(problem: FieldProblem, origin?: Origin) {
    super(problem.message);
    this.problem = problem;
    this.origin = origin;
  }
}

export function notAuthorized(typeName: string, fieldName: string, origin?: Origin): FieldError {
  const message = `Not Authorized to access ${fieldName} on type ${typeName}`;
  return new FieldError({ message, errorType: 'Unauthorized' }, origin);
}
