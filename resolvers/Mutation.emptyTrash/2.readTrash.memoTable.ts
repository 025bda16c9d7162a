import type { Context, DynamoDBQueryRequest } from '@aws-appsync/utils';
import { noteTrash, readTrash } from '#resolvers/shared/trash.ts';

/** Pinned memos stand apart in the list, so it takes two queries: this one is of the others. */
export function request(ctx: Context): DynamoDBQueryRequest {
  return readTrash(ctx, false);
}

export function response(ctx: Context): unknown {
  return noteTrash(ctx);
}
