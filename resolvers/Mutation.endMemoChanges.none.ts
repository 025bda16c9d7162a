import { type Context, extensions, type NONERequest } from '@aws-appsync/utils';
import { badInputProblem } from '#domain/memo/memoProblems.ts';
import { refuseIf } from '#resolvers/shared/refuse.ts';

/** AppSync ends no more by one request: https://docs.aws.amazon.com/appsync/latest/devguide/extensions-js.html */
const USERS_MAX = 5;

export function request(ctx: Context): NONERequest {
  const { length } = ctx.args.userIds;
  const message = `Expected at most ${USERS_MAX} users, got ${length}.`;
  refuseIf(badInputProblem(length > USERS_MAX ? message : null));
  return { payload: null };
}

export function response(ctx: Context): boolean {
  const { padId, userIds } = ctx.args;
  for (const userId of userIds) {
    extensions.invalidateSubscriptions({
      subscriptionField: 'memoChanges',
      payload: { padId, userId },
    });
  }
  return true;
}
