import type { Context, DynamoDBPutItemRequest } from '@aws-appsync/utils';
import { badInputProblem } from '#domain/memo/memoProblems.ts';
import { tickTask } from '#domain/memo/tasks.ts';
import { memoToChange, noteWrite, writeChange } from '#resolvers/shared/changeMemo.ts';
import { refuseIf } from '#resolvers/shared/refuse.ts';

/** Ticks or unticks one task; a version is always expected, so there is one try. Ends with BAD_USER_INPUT for an index without a task. */
export function request(ctx: Context): DynamoDBPutItemRequest {
  const { index, done } = ctx.args;
  const { body, problem } = tickTask(memoToChange(ctx).body, index, done);
  refuseIf(badInputProblem(problem));
  return writeChange(ctx, { body: body ?? '' });
}

export function response(ctx: Context): unknown {
  return noteWrite(ctx);
}
