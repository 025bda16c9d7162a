import { type Context, type NONERequest, runtime } from '@aws-appsync/utils';
import { PAD_NOT_FOUND } from '#domain/memo/access.ts';
import { refuse } from '#resolvers/shared/refuse.ts';
import { selectsOnly } from '#resolvers/shared/selection.ts';

/** The pad that a change is about. One that the viewer may not read has nothing but its id. */
export function request(ctx: Context): NONERequest {
  const { pad, padId: id } = ctx.source ?? {};
  if (pad !== undefined) return runtime.earlyReturn(pad);
  if (selectsOnly(ctx.info, ['id', '__typename'])) return runtime.earlyReturn({ id });
  return refuse(PAD_NOT_FOUND);
}

export function response(): unknown {
  return null;
}
