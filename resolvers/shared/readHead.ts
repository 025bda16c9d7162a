import { type Context, type DynamoDBGetItemRequest, runtime, util } from '@aws-appsync/utils';
import { changeCursorOf } from '#domain/memo/changeCursor.ts';
import { readListInput } from '#domain/memo/listInput.ts';
import { badInputProblem } from '#domain/memo/memoProblems.ts';
import { readHeadRow } from '#table/live/changeRow.ts';
import { headKey, ONLY } from '#table/live/keys.ts';
import { accessOf } from './access.ts';
import { pageStashOf } from './memoPage.ts';
import { selectsChangesCursor } from './pageSelection.ts';
import { refuseFailure, refuseIf } from './refuse.ts';

/**
 * Reads where the pad's change log stands, if that is selected, before any memo is read: what is written
 * in between is in both, and nothing in neither. Ends with BAD_USER_INPUT for a list that can't be.
 */
export function request(ctx: Context): DynamoDBGetItemRequest {
  const { padId } = accessOf(ctx);
  const reading = readListInput(ctx.args, padId);
  refuseIf(badInputProblem(reading.problem));
  if (reading.request) pageStashOf(ctx).request = reading.request;
  if (!selectsChangesCursor(ctx.info)) return runtime.earlyReturn(null);
  return {
    operation: 'GetItem',
    key: util.dynamodb.toMapValues({ PK: headKey(padId), SK: ONLY }),
    consistentRead: true,
  };
}

export function response(ctx: Context): unknown {
  refuseFailure(ctx);
  const cursor = changeCursorOf(readHeadRow(ctx.result));
  pageStashOf(ctx).changesCursor = cursor;
  return cursor;
}
