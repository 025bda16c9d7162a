import type { GraphqlAnswer, GraphqlError } from './graphqlEndpoint.ts';

/** A request that was answered with errors; the message is what a person should read. */
export class GraphqlFailure extends Error {
  readonly errors: readonly GraphqlError[];

  constructor(errors: readonly GraphqlError[]) {
    super(errors.map(plainly).join('\n'));
    this.name = 'GraphqlFailure';
    this.errors = errors;
  }

  /** Whether the service said that it doesn't know who asks. */
  get unauthenticated(): boolean {
    return this.errors.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED');
  }
}

/** The data of an answer; an answer without data, or with errors, is thrown as a GraphqlFailure. */
export function dataOf({ data, errors = [] }: GraphqlAnswer): Readonly<Record<string, unknown>> {
  if (data && errors.length === 0) return data;
  throw new GraphqlFailure(errors.length > 0 ? errors : [{ message: 'The answer has no data.' }]);
}

/** An error on one line: `RATE_LIMITED: Too many attempts. Try again in 30 seconds.` */
function plainly({ message, extensions }: GraphqlError): string {
  const { code, retryAfterSeconds } = extensions ?? {};
  const wait =
    retryAfterSeconds === undefined ? '' : ` Try again in ${seconds(retryAfterSeconds)}.`;
  return `${code ? `${code}: ` : ''}${message}${wait}`;
}

function seconds(count: number): string {
  return count === 1 ? '1 second' : `${Math.ceil(count)} seconds`;
}
