import { MemopadError } from '#domain/errors.ts';
import type { SocketEvent } from './event.ts';
import type { ClientMessage } from './protocol.ts';

/** An operation's id stands in rows and in every frame of it; a UUID has 36 characters. */
const MAX_ID_LENGTH = 128;

/** Reads what a client sent and checks its shape. @throws MemopadError BAD_USER_INPUT that says what was expected */
export function readMessage({ body = '', isBase64Encoded }: SocketEvent): ClientMessage {
  if (isBase64Encoded) throw expected('a message in a text frame, got a binary one');
  const message = parse(body);
  if (!isRecord(message)) throw expected(`a JSON object, got ${kindOf(message)}`);
  const { type, id, payload } = message;
  switch (type) {
    case 'connection_init':
    case 'ping':
    case 'pong':
      requireOptional(payload, `the payload of ${type}`);
      return message as unknown as ClientMessage;
    case 'complete':
      requireId(id);
      return message as unknown as ClientMessage;
    case 'subscribe':
      requireId(id);
      requireSubscribe(payload);
      return message as unknown as ClientMessage;
    default:
      throw expected(
        `the type connection_init, subscribe, complete, ping or pong, got ${kindOf(type)}`,
      );
  }
}

function requireId(id: unknown): void {
  if (typeof id === 'string' && id !== '' && id.length <= MAX_ID_LENGTH) return;
  throw expected(`an id of 1 to ${MAX_ID_LENGTH} characters, got ${kindOf(id)}`);
}

function requireSubscribe(payload: unknown): void {
  if (!isRecord(payload)) throw expected(`an object as payload, got ${kindOf(payload)}`);
  const { query, operationName, variables, extensions } = payload;
  if (typeof query !== 'string') throw expected(`a text as query, got ${kindOf(query)}`);
  if (operationName != null && typeof operationName !== 'string') {
    throw expected(`a text as operationName, got ${kindOf(operationName)}`);
  }
  requireOptional(variables, 'variables');
  requireOptional(extensions, 'extensions');
}

function requireOptional(value: unknown, what: string): void {
  if (value == null || isRecord(value)) return;
  throw expected(`an object as ${what}, got ${kindOf(value)}`);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw expected(`JSON, got ${body.length} characters that aren't`);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string') return `a text of ${value.length} characters`;
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

function expected(what: string): MemopadError {
  return new MemopadError('BAD_USER_INPUT', `Expected ${what}.`);
}
