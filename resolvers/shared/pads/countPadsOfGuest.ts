import { type Context, type DynamoDBQueryRequest, runtime } from '@aws-appsync/utils';
import * as countPads from './countPads.ts';

/** The step of acceptInvite that counts the viewer's pads. Whoever is a member already keeps their role. */
export function request(ctx: Context): DynamoDBQueryRequest {
  if (ctx.stash.accepting.role) return runtime.earlyReturn(null, { skipTo: 'END' });
  return countPads.request(ctx);
}

export function response(ctx: Context): unknown {
  return countPads.response(ctx);
}
