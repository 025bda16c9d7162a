import { randomUUID } from 'node:crypto';
import type { HttpHandler, HttpRequest, HttpResponse } from '#domain/viewer/httpMessage.ts';
import { AwsError } from '#local/cloud/awsError.ts';
import { accessDenied } from '#local/cloud/iam/authorize.ts';
import { decide } from '#local/cloud/iam/policy.ts';
import type { VerifyIam } from './auth/iam.ts';
import { type CheckCode, type EvaluationInput, evaluate } from './evaluation/evaluate.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

export interface EvaluateCodeOptions {
  /** Whose a signature of the service `appsync` is. */
  readonly verifyIam: VerifyIam;
  readonly sandbox: Pick<Sandbox, 'load'>;
  /** Finds what AppSync would refuse in the code; nothing when left out. */
  readonly check?: CheckCode | undefined;
}

export const EVALUATE_CODE_PATH = '/v1/dataplane-evaluatecode';
const ACTION = 'appsync:EvaluateCode';
const STATUS: Readonly<Record<string, number>> = {
  BadRequestException: 400,
  UnknownOperationException: 404,
};

/**
 * AppSync's EvaluateCode, which AWS's SDK and CLI call: runs a handler with a context and tells
 * what it returns. The caller's policies must allow `appsync:EvaluateCode` on `*`.
 * https://docs.aws.amazon.com/appsync/latest/APIReference/API_EvaluateCode.html
 */
export function createEvaluateCode(options: EvaluateCodeOptions): HttpHandler {
  return async (request) => {
    try {
      return answer(200, evaluate(readInput(request, options), options));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const { type, message } = error;
      return answer(STATUS[type] ?? 403, { message }, { 'x-amzn-errortype': type });
    }
  };
}

function readInput(request: HttpRequest, { verifyIam }: EvaluateCodeOptions): EvaluationInput {
  const { method, path, search, headers, body } = request;
  if (method !== 'POST' || path !== EVALUATE_CODE_PATH)
    throw new AwsError('UnknownOperationException', 'Unknown Operation Request.');
  const signed = { method, path: `${path}${search}`, headers, body: Buffer.from(body) };
  const caller = verifyIam(signed);
  if (decide(caller.statements, ACTION, '*') !== 'ALLOWED')
    throw accessDenied(
      caller,
      ACTION,
      '*',
      `because no identity-based policy allows the ${ACTION} action`,
    );
  return parse(body);
}

function parse(body: string): EvaluationInput {
  try {
    return Object(JSON.parse(body));
  } catch {
    throw new AwsError('BadRequestException', 'Expected the body to be JSON.');
  }
}

function answer(status: number, body: object, headers: HttpResponse['headers'] = {}): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), ...headers },
    body: JSON.stringify(body),
  };
}
