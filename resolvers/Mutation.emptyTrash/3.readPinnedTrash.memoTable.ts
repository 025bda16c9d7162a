import type { Context, DynamoDBQueryRequest } from '@aws-appsync/utils';
import { noteTrash, readTrash } from '#resolvers/shared/trash.ts';

export function request(ctx: Context): DynamoDBQueryRequest {
  return readTrash(ctx, true);
}

export function response(ctx: Context): unknown {
  return noteTrash(ctx);
}
