import type { WireClient } from './wireClient.ts';

/** An answer's members. What the engine describes is read as far as we need it. */
export type EngineAnswer = Readonly<Record<string, unknown>>;

/** What the engine refused with. */
export class EngineError extends Error {
  /** Without a namespace: `ResourceNotFoundException`. */
  readonly type: string;
  /** The whole answer: a cancelled transaction's has its reasons. */
  readonly details: EngineAnswer;

  constructor(operation: string, type: string, message: string, details: EngineAnswer = {}) {
    super(`Expected the engine to do ${operation}, got ${type}: ${message}`);
    this.type = type;
    this.details = details;
  }
}

/** Calls one operation of the engine's. @param operation `DescribeTable`; of the streams: `GetRecords`. @throws EngineError */
export type CallEngine = (operation: string, input: object) => Promise<EngineAnswer>;

const STREAM_OPERATIONS = new Set(['DescribeStream', 'GetShardIterator', 'GetRecords']);

export function createEngineApi({ send }: Pick<WireClient, 'send'>): CallEngine {
  return async (operation, input) => {
    const service = STREAM_OPERATIONS.has(operation) ? 'DynamoDBStreams' : 'DynamoDB';
    const { status, body } = await send(`${service}_20120810.${operation}`, JSON.stringify(input));
    const answer = Object(JSON.parse(body.toString()));
    if (status === 200) return answer;
    const { __type: type = '', message = answer.Message } = answer;
    throw new EngineError(operation, String(type).replace(/^.*#/, ''), String(message), answer);
  };
}
