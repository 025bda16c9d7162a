/**
 * A field of type User: `PadMember.user`, `Memo.author`, `Memo.lastEditor`. The users of a whole answer
 * are asked for in batches; whoever selects the id alone costs nothing.
 */
import { type Context, type LambdaRequest, runtime } from '@aws-appsync/utils';
import { authorizationOf } from './authService.ts';
import { refuseFailure, refuseUnexpected } from './refuse.ts';
import { selectsOnly } from './selection.ts';

/** One of a batch that the auth service's function is given; it answers with the User or null. */
export interface UserQuestion {
  readonly id: string;
  /** Missing where a service asks: then `email` is null for everybody. */
  readonly authorization?: string | undefined;
}

/** For the field's `request`, on the data source `users`. */
export function askForUser(ctx: Context, id: string): LambdaRequest {
  if (selectsOnly(ctx.info, ['id', '__typename'])) return runtime.earlyReturn({ id });
  const payload: UserQuestion = { id, authorization: authorizationOf(ctx) };
  return { operation: 'BatchInvoke', payload };
}

/** For the field's `response`. */
export function answerWithUser(ctx: Context): unknown {
  refuseFailure(ctx);
  return ctx.result ?? refuseUnexpected(ctx, 'the auth service told nothing of a user');
}
