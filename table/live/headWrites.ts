import { type Update, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { LoggedChange, LogHead } from '#domain/memo/changeLog.ts';
import { foreignItemKey, headItemKey } from './changeItem.ts';

/** Only ever forward: whoever comes late with an older end changes nothing. */
export function headMove(
  TableName: string,
  padId: string,
  { epoch, seq, lastSource }: LogHead & { readonly lastSource: string },
): UpdateItemCommand {
  return new UpdateItemCommand({
    TableName,
    Key: headItemKey(padId),
    UpdateExpression: 'SET e = :epoch, n = :seq, s = :source, p = if_not_exists(p, :zero)',
    ConditionExpression: 'attribute_not_exists(n) OR n < :seq',
    ExpressionAttributeValues: {
      ':epoch': { S: epoch },
      ':seq': { N: String(seq) },
      ':source': { S: lastSource },
      ':zero': { N: '0' },
    },
  });
}

/** How far a door has told of a log: `p` what was pushed over the socket, `a` what was published through AppSync. */
export function toldMark(
  TableName: string,
  padId: string,
  mark: 'p' | 'a',
  seq: number,
): UpdateItemCommand {
  return new UpdateItemCommand({
    TableName,
    Key: headItemKey(padId),
    UpdateExpression: `SET ${mark} = :seq`,
    ConditionExpression: `attribute_not_exists(${mark}) OR ${mark} < :seq`,
    ExpressionAttributeValues: { ':seq': { N: String(seq) } },
  });
}

/** Fails when the record, or a later one of the same pad, is in this log already. */
export function foreignMark(
  TableName: string,
  { padId, aboutPadId, source }: LoggedChange,
  endsAt: number,
): Update {
  if (aboutPadId === null || aboutPadId === padId) {
    throw new Error('Expected a change that comes from another pad.');
  }
  return {
    TableName,
    Key: foreignItemKey(padId, aboutPadId),
    UpdateExpression: 'SET s = :source, t = :ends',
    ConditionExpression: 'attribute_not_exists(s) OR s < :source',
    ExpressionAttributeValues: { ':source': { S: source }, ':ends': { N: String(endsAt) } },
  };
}
