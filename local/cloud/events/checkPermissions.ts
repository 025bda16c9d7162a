import { decide } from '#local/cloud/iam/policy.ts';
import { nameOf } from '#local/cloud/template/template.ts';
import { StartError } from '#local/startError.ts';
import type { MappingDefinition } from './mapping.ts';

const STREAM_ACTIONS = ['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListStreams'];

/** Lambda asks for these when a mapping is made, and so a deployment would fail. @throws StartError with AWS's sentence */
export function checkPermissions({ name, role, streamArn, onFailureArn }: MappingDefinition): void {
  const isAllowed = (action: string, resource: string): boolean =>
    decide(role.statements, action, resource) === 'ALLOWED';
  const missing = STREAM_ACTIONS.filter((one) => !isAllowed(`dynamodb:${one}`, streamArn));
  if (missing.length > 0) {
    // https://github.com/foremast/foremast/pull/211 has the words.
    throw new StartError(
      `${nameOf(name)}: Cannot access stream ${streamArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM. The role ${role.name} may not ${missing.join(', ')}.`,
    );
  }
  if (onFailureArn !== undefined && !isAllowed('sqs:SendMessage', onFailureArn)) {
    // https://github.com/aws-samples/aws-serverless-ecommerce-platform/issues/41 has the first sentence.
    throw new StartError(
      `${nameOf(name)}: The provided execution role does not have permissions to call SendMessage on SQS. The role is ${role.name}, the queue ${onFailureArn}.`,
    );
  }
}
