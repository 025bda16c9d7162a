import { type Context, type DynamoDBGetItemRequest, runtime, util } from '@aws-appsync/utils';
import { accessProblem, decideAccess } from '#domain/memo/access.ts';
import { isUlid } from '#domain/viewer/ulid.ts';
import { memberKey, padKey } from '#table/keys.ts';
import { accessOf } from './access.ts';
import { refuse, refuseFailure } from './refuse.ts';

/**
 * The step that lets a pipeline go on only where the viewer may do what `needRole` has noted. It reads
 * the membership strongly; a role that is known already, as in the personal pad, costs no read, an id that can't be a pad's costs none.
 * Afterwards `accessOf(ctx).role` is the viewer's role. Ends with NOT_FOUND or FORBIDDEN.
 */
export function request(ctx: Context): DynamoDBGetItemRequest {
  const { viewerId, padId, role, notFound } = accessOf(ctx);
  if (role !== null) return runtime.earlyReturn(role);
  if (!isUlid(padId)) return refuse(notFound);
  return {
    operation: 'GetItem',
    key: util.dynamodb.toMapValues({ PK: padKey(padId), SK: memberKey(viewerId) }),
    consistentRead: true,
    projection: { expression: '#role', expressionNames: { '#role': 'role' } },
  };
}

export function response(ctx: Context): unknown {
  refuseFailure(ctx);
  const access = accessOf(ctx);
  const { viewerId, padId, action, notFound } = access;
  const role = ctx.result?.role ?? null;
  const decision = decideAccess(viewerId, padId, role, action);
  const problem = accessProblem(decision, role, action);
  if (problem) refuse(decision === 'DENIED_NOT_MEMBER' ? notFound : problem);
  ctx.stash.access = { ...access, role };
  return role;
}
