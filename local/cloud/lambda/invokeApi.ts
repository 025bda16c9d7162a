import type { AwsAnswer, AwsRequest, AwsService } from '#local/cloud/endpoint.ts';
import type { Caller } from '#local/cloud/iam/callers.ts';
import { decide } from '#local/cloud/iam/policy.ts';
import {
  FUNCTION_NAME_PATTERN,
  type FunctionName,
  functionArn,
  parseFunctionName,
} from './functionName.ts';
import type { InvocationResult, LambdaFunctions } from './functions.ts';
import { SERVICE_ERROR_STATUS, ServiceError } from './serviceError.ts';

const FUNCTIONS_PATH = '/2015-03-31/functions/';
const INVOCATIONS = /^\/2015-03-31\/functions\/(?<name>[^/]+)\/invocations$/;
const ACTION = 'lambda:InvokeFunction';
const KINDS = ['Event', 'RequestResponse', 'DryRun'] as const;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Lambda's Invoke, for functions that call functions. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export function createInvokeApi(functions: Pick<LambdaFunctions, 'find' | 'invoke'>): AwsService {
  return {
    signingName: 'lambda',
    accepts: ({ path }) => path.startsWith(FUNCTIONS_PATH),
    async handle(request, caller) {
      try {
        return await invoke(functions, request, caller);
      } catch (error) {
        return refuse(error);
      }
    },
  };
}

async function invoke(
  functions: Pick<LambdaFunctions, 'find' | 'invoke'>,
  request: AwsRequest,
  caller: Caller,
): Promise<AwsAnswer> {
  const name = readName(request);
  authorize(caller, functionArn(name));
  const { qualifier = '$LATEST' } = name;
  if (!functions.find(name.name) || qualifier !== '$LATEST') throw ServiceError.notFound(name);
  const kind = readKind(request.headers);
  if (kind === 'DryRun') return { status: 204, headers: {}, body: '' };
  const { 'x-amzn-trace-id': trace } = request.headers;
  const result = await functions.invoke(name.name, readPayload(request.body), kind, trace);
  if (kind === 'Event') return { status: 202, headers: identify(result), body: '' };
  return answer(result, request.headers['x-amz-log-type'] === 'Tail');
}

function readName({ method, path }: AwsRequest): FunctionName {
  const url = new URL(path, 'http://lambda');
  const segment = INVOCATIONS.exec(url.pathname)?.groups?.name;
  if (method !== 'POST' || segment === undefined) {
    throw new ServiceError('ServiceException', `Expected an Invoke, got ${method} ${path}.`);
  }
  const text = decodeSegment(segment);
  const name = parseFunctionName(text);
  if (!name)
    throw invalid(text, 'functionName', `regular expression pattern: ${FUNCTION_NAME_PATTERN}`);
  const asked = url.searchParams.get('Qualifier');
  if (asked && name.qualifier && asked !== name.qualifier) {
    throw new ServiceError(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  }
  return asked ? { ...name, qualifier: asked } : name;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function invalid(value: string, member: string, rule: string): ServiceError {
  return new ServiceError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy ${rule}`,
  );
}

function authorize({ principal, statements }: Caller, resource: string): void {
  if (decide(statements, ACTION, resource) === 'ALLOWED') return;
  throw new ServiceError(
    'AccessDeniedException',
    `User: ${principal} is not authorized to perform: ${ACTION} on resource: ${resource}`,
  );
}

function readKind(headers: AwsRequest['headers']): (typeof KINDS)[number] {
  const { 'x-amz-invocation-type': asked = 'RequestResponse' } = headers;
  const kind = KINDS.find((one) => one === asked);
  if (kind) return kind;
  throw invalid(asked, 'invocationType', `enum value set: [${KINDS.join(', ')}]`);
}

/** Nothing at all stands for an empty object. */
function readPayload(body: Buffer): string {
  try {
    return UTF8.decode(body) || '{}';
  } catch {
    throw ServiceError.invalidJson('Invalid UTF-8');
  }
}

function answer(result: InvocationResult, wantsLog: boolean): AwsAnswer {
  const { payload, functionError, logTail } = result;
  return {
    status: 200,
    headers: {
      ...identify(result),
      'content-type': 'application/json',
      'x-amz-executed-version': '$LATEST',
      ...(functionError && { 'x-amz-function-error': functionError }),
      ...(wantsLog && { 'x-amz-log-result': Buffer.from(logTail).toString('base64') }),
    },
    body: payload,
  };
}

const identify = ({ requestId }: InvocationResult) => ({ 'x-amzn-requestid': requestId });

/**
 * As the service writes its errors, with the message under one name or the other:
 * https://github.com/localstack/localstack, tests/aws/services/lambda_/test_lambda.snapshot.json
 */
function refuse(error: unknown): AwsAnswer {
  const { code, reason, message } = error instanceof ServiceError ? error : unexpected(error);
  const key = BIG_MESSAGES.has(code) ? 'Message' : 'message';
  return {
    status: SERVICE_ERROR_STATUS[code],
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ ...(reason && { Reason: reason }), Type: 'User', [key]: message }),
  };
}

const BIG_MESSAGES: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'ResourceNotFoundException',
]);

function unexpected(error: unknown): ServiceError {
  return new ServiceError('ServiceException', error instanceof Error ? error.message : 'Unknown.');
}
