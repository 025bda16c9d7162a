import type { Context, DynamoDBPutItemRequest } from '@aws-appsync/utils';
import { contentOf, contentProblem } from '#domain/memo/content.ts';
import { badInputProblem } from '#domain/memo/memoProblems.ts';
import { memoToChange, noteWrite, writeChange } from './changeMemo.ts';
import { refuseIf } from './refuse.ts';

/** Both tries of Mutation.updateMemo: the given fields, of a trashed memo too. Ends with BAD_USER_INPUT. */
export function request(ctx: Context): DynamoDBPutItemRequest {
  const { input } = ctx.args;
  memoToChange(ctx);
  refuseIf(badInputProblem(contentProblem(input)));
  return writeChange(ctx, contentOf(input));
}

export function response(ctx: Context): unknown {
  return noteWrite(ctx);
}
