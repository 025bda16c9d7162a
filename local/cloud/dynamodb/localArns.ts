import { arn } from '#local/cloud/account.ts';

/** The label of every stream on a laptop: templates refer to streams before there are any. */
const LABEL = 'local';

export const streamArn = (tableName: string): string =>
  arn('dynamodb', `table/${tableName}/stream/${LABEL}`);

const ENGINE_STREAM = /arn:aws:dynamodb:[a-z0-9-]+:\d{12}:(table\/[\w.-]+\/stream\/)[^"]+/g;
const ENGINE_ARN = /arn:aws:dynamodb:[a-z0-9-]+:\d{12}:/g;

/** Puts the template's ARNs in the place of the engine's, whose region is `dynoxide`. */
export function toAwsArns(text: string): string {
  return text
    .replace(ENGINE_STREAM, (_whole, resource: string) => arn('dynamodb', `${resource}${LABEL}`))
    .replace(ENGINE_ARN, arn('dynamodb', ''));
}
