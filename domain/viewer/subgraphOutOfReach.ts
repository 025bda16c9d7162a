import { PlainError } from '#domain/errors.ts';

/** A subgraph could not be asked, or gave no GraphQL response. */
export class SubgraphOutOfReach extends PlainError {
  /** @param where its URL, or its function's name */
  constructor(where: string, what: string, cause?: unknown) {
    super(`The subgraph at ${where} is out of reach: ${what}.`, { cause });
    this.name = 'SubgraphOutOfReach';
  }
}
