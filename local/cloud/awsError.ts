import { randomUUID } from 'node:crypto';

/**
 * A refusal in AWS's own words. The endpoint writes it as the protocol of the request does.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 */
export class AwsError extends Error {
  /** `AccessDeniedException`; with a namespace and `#` before it where a service has its own. */
  readonly type: string;
  /** Other members of the answer beside the type and the message. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(type: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = type;
    this.type = type;
    this.details = details;
  }
}

/** AWS isn't of one mind here, and some clients read only what they know. */
const CAPITAL_MESSAGE = new Set(['AccessDeniedException', 'TransactionCanceledException']);
const JSON_1_0 = 'application/x-amz-json-1.0';
const JSON_1_1 = 'application/x-amz-json-1.1';
/** Statuses of services with paths; those with targets answer 400 to all but failures of their own. */
const REST_STATUS: Readonly<Record<string, number>> = {
  InternalFailure: 500,
  RequestEntityTooLargeException: 413,
  UnknownOperationException: 404,
};

/** @param headers of the request: whether it has a target says which protocol it speaks */
export function describeError(
  { type, message, details }: AwsError,
  headers: Readonly<Record<string, string>>,
): { status: number; headers: Record<string, string>; body: string } {
  const name = type.slice(type.indexOf('#') + 1);
  const text = { [CAPITAL_MESSAGE.has(name) ? 'Message' : 'message']: message };
  const answerHeaders = { 'x-amzn-requestid': randomUUID() };
  if (headers['x-amz-target'] === undefined) {
    return {
      status: REST_STATUS[name] ?? 403,
      headers: {
        ...answerHeaders,
        'content-type': 'application/json',
        'x-amzn-errortype': name,
      },
      body: JSON.stringify({ ...details, ...text }),
    };
  }
  const contentType = headers['content-type'] === JSON_1_1 ? JSON_1_1 : JSON_1_0;
  const namespace = contentType === JSON_1_0 && name === type ? 'com.amazon.coral.service#' : '';
  return {
    status: name === 'InternalFailure' ? 500 : 400,
    headers: { ...answerHeaders, 'content-type': contentType },
    body: JSON.stringify({ __type: `${namespace}${type}`, ...details, ...text }),
  };
}
