import { type Context, extensions } from '@aws-appsync/utils';
import { changesInputProblem } from '#domain/memo/changesPage.ts';
import { accessOf, needRole } from '#resolvers/shared/access.ts';
import { viewerFieldsProblem } from '#resolvers/shared/changes/viewerFields.ts';
import { refuseIf } from '#resolvers/shared/refuse.ts';

/** Ends with UNAUTHENTICATED, BAD_USER_INPUT, NOT_FOUND. */
export function request(ctx: Context): object {
  const { padId, since } = ctx.args;
  needRole(ctx, padId, 'READ');
  refuseIf(viewerFieldsProblem(ctx.info));
  refuseIf(changesInputProblem({ padId, since }));
  return {};
}

/**
 * Who watches a pad is told of it alone. Without a filter AppSync would compare every argument, `since`
 * too, with the field of its name. When the membership ends, endMemoChanges names pad and user.
 */
export function response(ctx: Context): unknown {
  const { padId, viewerId } = accessOf(ctx);
  extensions.setSubscriptionFilter({
    filterGroup: [{ filters: [{ fieldName: 'padId', operator: 'eq', value: padId }] }],
  });
  extensions.setSubscriptionInvalidationFilter({
    filterGroup: [
      {
        filters: [
          { fieldName: 'padId', operator: 'eq', value: padId },
          { fieldName: 'userId', operator: 'eq', value: viewerId },
        ],
      },
    ],
  });
  return null;
}
