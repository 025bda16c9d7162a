import type { Context } from '@aws-appsync/utils';
import { badInputProblem } from '#domain/memo/memoProblems.ts';
import { messageOf, publicationOf } from '#resolvers/shared/changes/publication.ts';
import { refuseIf } from '#resolvers/shared/refuse.ts';

const CHANGES_MAX = 100;

/** Ends with BAD_USER_INPUT, for nothing to tell or too much. */
export function request(ctx: Context): object {
  const { length } = publicationOf(ctx).changes;
  const message = `Expected 1 to ${CHANGES_MAX} changes, got ${length}.`;
  refuseIf(badInputProblem(length < 1 || length > CHANGES_MAX ? message : null));
  return {};
}

export function response(ctx: Context): unknown {
  return messageOf(ctx);
}
