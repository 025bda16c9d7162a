import type { Context, DynamoDBPutItemRequest } from '@aws-appsync/utils';
import { memoToChange, noteWrite, writeChange } from './changeMemo.ts';

/** Both tries of Mutation.trashMemo. */
export function request(ctx: Context): DynamoDBPutItemRequest {
  memoToChange(ctx);
  return writeChange(ctx, { state: 'TRASHED' });
}

export function response(ctx: Context): unknown {
  return noteWrite(ctx);
}
