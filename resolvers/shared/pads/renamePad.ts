import { type Context, type DynamoDBUpdateItemRequest, runtime, util } from '@aws-appsync/utils';
import { padNameProblem } from '#domain/memo/pad.ts';
import { accessOf } from '#resolvers/shared/access.ts';
import { refuseIf } from '#resolvers/shared/refuse.ts';
import { typedExpression } from '#resolvers/shared/rows.ts';
import { renamingPad } from '#table/memo/padActions.ts';
import { noteWritten, padOfChange } from './change.ts';

/** The step that writes the name. Ends with BAD_USER_INPUT. */
export function request(ctx: Context): DynamoDBUpdateItemRequest {
  const { name } = ctx.args;
  refuseIf(padNameProblem(name));
  if (padOfChange(ctx).name === name) return runtime.earlyReturn(null, { skipTo: 'END' });
  const { key, update, condition } = renamingPad(accessOf(ctx).padId, name);
  return {
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues({ ...key }),
    update: typedExpression(update),
    ...(condition ? { condition: typedExpression(condition) } : {}),
  };
}

export function response(ctx: Context): unknown {
  return noteWritten(ctx);
}
