/**
 * A field of type User: `PadMember.user`, `Memo.author`, `Memo.lastEditor`. The users of a whole answer
 * are asked for in batches; whoever selects the id alone costs nothing.
 */
import { type Context, type LambdaRequest, runtime } from '@aws-appsync/utils';
import type { UserQuestion } from '#domain/viewer/userQuestion.ts';
import { answerOfAuth, authorizationOf } from './authService.ts';
import { requestIdOf } from './refuse.ts';
import { selectsOnly } from './selection.ts';

/** A user whom whoever made the parent has read. */
export interface UserSource {
  readonly id: string;
  readonly displayName: string;
  readonly createdAt: string;
}

/** For the field's `request`, on the data source `users`. */
export function askForUser(ctx: Context, id: string, known?: UserSource): LambdaRequest {
  if (known) return runtime.earlyReturn(known);
  if (selectsOnly(ctx.info, ['id', '__typename'])) return runtime.earlyReturn({ id });
  const payload: UserQuestion = {
    id,
    authorization: authorizationOf(ctx),
    requestId: requestIdOf(ctx),
  };
  return { operation: 'BatchInvoke', payload };
}

/** For the field's `response`. */
export function answerWithUser(ctx: Context): unknown {
  return answerOfAuth(ctx, 'user');
}
