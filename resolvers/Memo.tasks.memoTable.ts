import { type Context, type DynamoDBGetItemRequest, runtime } from '@aws-appsync/utils';
import { tasksOf } from '#domain/memo/tasks.ts';
import { bodyOf, readBody } from '#resolvers/shared/body.ts';

export function request(ctx: Context): DynamoDBGetItemRequest {
  const { body } = ctx.source ?? {};
  return body === undefined ? readBody(ctx) : runtime.earlyReturn(tasksOf(body));
}

export function response(ctx: Context): unknown {
  return tasksOf(bodyOf(ctx));
}
