import { type Context, type DynamoDBQueryRequest, runtime, util } from '@aws-appsync/utils';
import {
  changesInputProblem,
  findChanges,
  positionOf,
  readingOf,
} from '#domain/memo/changesPage.ts';
import { accessOf } from '#resolvers/shared/access.ts';
import { changesStashOf } from '#resolvers/shared/changes/page.ts';
import { refuseFailure, refuseIf } from '#resolvers/shared/refuse.ts';
import { readChangeRows } from '#table/live/changeRow.ts';
import { afterKey, logKey } from '#table/live/keys.ts';

/** Reads the log behind the cursor, strongly. Ends with BAD_USER_INPUT for a page that can't be. */
export function request(ctx: Context): DynamoDBQueryRequest {
  const { padId, since, first } = ctx.args;
  const input = { padId, since, first };
  refuseIf(changesInputProblem(input));
  const position = positionOf(input);
  changesStashOf(ctx).since = position;
  if (position === null) return runtime.earlyReturn(null);
  const { afterSeq, limit } = readingOf(input, position);
  return {
    operation: 'Query',
    query: {
      expression: 'PK = :log AND SK > :after',
      expressionValues: util.dynamodb.toMapValues({
        ':log': logKey(padId),
        ':after': afterKey(afterSeq),
      }),
    },
    limit,
    consistentRead: true,
  };
}

export function response(ctx: Context): unknown {
  refuseFailure(ctx);
  const { padId } = accessOf(ctx);
  const stash = changesStashOf(ctx);
  const rows = readChangeRows(padId, ctx.result.items, util.time.nowEpochSeconds());
  if (stash.since) stash.found = findChanges(rows, { ...ctx.args, padId }, stash.since);
  return null;
}
