import { type Context, type LambdaRequest, runtime } from '@aws-appsync/utils';
import { askAuth } from '#resolvers/shared/authService.ts';
import { noteUsers, usersToAsk } from '#resolvers/shared/changes/publication.ts';
import { refuseFailure, refuseUnexpected } from '#resolvers/shared/refuse.ts';

const USERS = `query ($users: [_Any!]!) {
  _entities(representations: $users) { ... on User { id displayName createdAt } }
}`;

/**
 * Asks for everybody whom the memos name, at once and before anything is told: a user who can't be had
 * would take the memo from its watchers, who would take it for purged.
 */
export function request(ctx: Context): LambdaRequest {
  const ids = usersToAsk(ctx);
  if (ids.length === 0) return runtime.earlyReturn(null);
  return askAuth(ctx, USERS, { users: ids.map((id) => ({ __typename: 'User', id })) });
}

export function response(ctx: Context): unknown {
  refuseFailure(ctx);
  const { data, errors } = ctx.result ?? {};
  if (errors || !data) refuseUnexpected(ctx, 'the auth service told nothing of users');
  noteUsers(ctx, data._entities);
  return null;
}
