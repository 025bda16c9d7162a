import type { Send } from '#local/appsync/dataSources/dynamoDb/send.ts';
import { AwsError } from '#local/cloud/awsError.ts';
import type { AwsService } from '#local/cloud/endpoint.ts';
import type { Caller } from '#local/cloud/iam/callers.ts';

const ERROR_MEMBERS = ['__type', 'message', 'Message'];

/** Asks DynamoDB as a data source's role: what its policies don't allow is refused as AWS does. */
export function sendAsRole(service: Pick<AwsService, 'handle'>, role: Caller): Send {
  return async (operation, input) => {
    const request = {
      method: 'POST',
      path: '/',
      headers: {
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        'content-type': 'application/x-amz-json-1.0',
      },
      body: Buffer.from(JSON.stringify(input)),
    };
    const { status, body } = await service.handle(request, role);
    const output = Object(JSON.parse(body.toString()));
    if (status === 200) return output;
    throw toError(output);
  };
}

function toError(output: Readonly<Record<string, unknown>>): AwsError {
  const { __type: type = 'InternalServerError', message = output.Message } = output;
  const details = Object.entries(output).filter(([name]) => !ERROR_MEMBERS.includes(name));
  const name = String(type).replace(/^.*#/, '');
  return new AwsError(name, String(message ?? ''), Object.fromEntries(details));
}
