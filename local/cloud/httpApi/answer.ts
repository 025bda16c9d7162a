import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { ApiAnswer } from './message.ts';

/** What is between two machines only, or follows from the body. */
const NOT_PASSED_ON = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Reads what a function answered, in payload format 2.0. Without a `statusCode`, it is itself the body of a 200; a
 * text then without its quotes. Tried on AWS: https://github.com/aws/aws-lambda-dotnet,
 * Tools/LambdaTestTool-v2/src/Amazon.Lambda.TestTool/Extensions/InvokeResponseExtensions.cs.
 * @param payload JSON
 * @returns undefined for an answer with a `statusCode` that is otherwise not what it should be
 */
export function readAnswer(payload: string): ApiAnswer | undefined {
  const answer: unknown = JSON.parse(payload);
  if (isRecord(answer) && 'statusCode' in answer) return readExplicit(answer);
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: typeof answer === 'string' ? answer : payload,
  };
}

function readExplicit(answer: Readonly<Record<string, unknown>>): ApiAnswer | undefined {
  const { statusCode, body = '', isBase64Encoded = false } = answer;
  const headers = readHeaders(answer.headers ?? {});
  const cookies = readCookies(answer.cookies ?? []);
  const text = body ?? '';
  if (!isStatus(statusCode) || !headers || !cookies) return undefined;
  if (typeof text !== 'string' || typeof isBase64Encoded !== 'boolean') return undefined;
  const { 'set-cookie': cookie, ...rest } = headers;
  const all = cookie === undefined ? cookies : [...cookies, cookie];
  return {
    status: statusCode,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      ...rest,
      ...(all.length > 0 && { 'set-cookie': all }),
    },
    body: isBase64Encoded ? Buffer.from(text, 'base64') : text,
  };
}

function isStatus(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 200 && value <= 599;
}

function readHeaders(value: unknown): Record<string, string> | undefined {
  if (!isRecord(value)) return undefined;
  const entries = Object.entries(value).map(([name, one]) => [name.toLowerCase(), one] as const);
  if (!entries.every(([name, one]) => isHeader(name, one))) return undefined;
  const passed = entries.filter(([name]) => !NOT_PASSED_ON.has(name));
  return Object.fromEntries(passed.map(([name, one]) => [name, String(one)]));
}

function readCookies(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const isEach = value.every((one) => typeof one === 'string' && isHeader('set-cookie', one));
  return isEach ? value : undefined;
}

/** Texts, numbers and booleans, as @types/aws-lambda has them. */
function isHeader(name: string, value: unknown): boolean {
  if (!['string', 'number', 'boolean'].includes(typeof value)) return false;
  try {
    validateHeaderName(name);
    validateHeaderValue(name, String(value));
    return true;
  } catch {
    return false;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
