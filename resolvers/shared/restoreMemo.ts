import type { Context, DynamoDBPutItemRequest } from '@aws-appsync/utils';
import { memoToChange, noteWrite, writeChange } from './changeMemo.ts';

/** Both tries of Mutation.restoreMemo: a memo that isn't in the trash stays as it is. */
export function request(ctx: Context): DynamoDBPutItemRequest {
  const { state } = memoToChange(ctx);
  return writeChange(ctx, { state: state === 'TRASHED' ? 'ACTIVE' : state });
}

export function response(ctx: Context): unknown {
  return noteWrite(ctx);
}
