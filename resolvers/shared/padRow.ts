/** The row of a memo's pad, for memos whose viewer may read them and so it. */
import { type Context, type DynamoDBGetItemRequest, util } from '@aws-appsync/utils';
import { PAD_NOT_FOUND } from '#domain/memo/access.ts';
import { padSeenAs, personalPad } from '#domain/memo/pad.ts';
import type { PadRole } from '#domain/memo/role.ts';
import { padRowKey, readPadRow } from '#table/memo/padRow.ts';
import { type PadSource, padSource } from './pad.ts';
import { refuse, refuseFailure } from './refuse.ts';

export function getPadRow(padId: string): DynamoDBGetItemRequest {
  return {
    operation: 'GetItem',
    key: util.dynamodb.toMapValues({ ...padRowKey(padId) }),
    consistentRead: true,
  };
}

/**
 * `role` is the viewer's; null where nobody in person asks: then a pad that was never written is somebody's
 * personal one. Ends with NOT_FOUND when the pad was deleted meanwhile.
 */
export function padOfRow(ctx: Context, padId: string, role: PadRole | null): PadSource {
  refuseFailure(ctx);
  if (!ctx.result && role === null) return padSource(personalPad(padId), padId);
  const pad = readPadRow(ctx.result) ?? refuse(PAD_NOT_FOUND);
  return padSource(padSeenAs(role ?? 'VIEWER', pad), '');
}
