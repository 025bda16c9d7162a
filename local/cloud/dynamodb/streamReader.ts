import { createHash } from 'node:crypto';
import { REGION } from '#local/cloud/account.ts';
import { type CallEngine, createEngineApi } from './engineApi.ts';
import { type EngineStream, openStream } from './engineStream.ts';
import { markExpiry } from './expiries.ts';
import { streamArn } from './localArns.ts';
import { changesNothing } from './noOp.ts';
import type { StreamRecord } from './streamRecord.ts';
import { createWireClient } from './wireClient.ts';

export interface StreamReaderOptions {
  /** The engine's own, not the one that asks for signatures. */
  readonly endpoint: string;
  readonly tableName: string;
}

export interface StreamReader {
  /**
   * Reads what comes after a position: at most 100 records of the table's own changes, fewer or
   * none when there are no more.
   * @param after a position read before (also by an earlier process), or a record's SequenceNumber
   */
  read(after: string | 'LATEST' | 'TRIM_HORIZON'): Promise<StreamPage>;
  close(): void;
}

export interface StreamPage {
  readonly records: readonly StreamRecord[];
  /** Where to go on: 21 digits. It moves on past records that were dropped. */
  readonly position: string;
  /** Whether the stream had no more when it was read. */
  readonly isLast: boolean;
}

/** The engine looks at every record it has at each read, and doesn't mind how large the answer gets. */
const RECORDS_AT_ONCE = 100;

/** Reads a table's stream from the embedded engine as DynamoDB itself would give it. */
export function createStreamReader({ endpoint, tableName }: StreamReaderOptions): StreamReader {
  const client = createWireClient({ endpoint });
  const call = createEngineApi(client);
  let stream: EngineStream | undefined;
  return {
    async read(after) {
      stream ??= await openStream(call, tableName);
      return readPage(call, stream, after);
    },
    close: () => client.close(),
  };
}

async function readPage(
  call: CallEngine,
  stream: EngineStream,
  after: string,
): Promise<StreamPage> {
  const { toPosition } = stream;
  if (after === 'LATEST') {
    return { records: [], position: toPosition(await stream.latest()), isLast: true };
  }
  const from = after === 'TRIM_HORIZON' ? 0 : stream.fromPosition(after);
  const found = await stream.records(from, RECORDS_AT_ONCE);
  const last = Number(found.at(-1)?.dynamodb.SequenceNumber ?? from);
  const kept = found.filter((record) => isKept(record, stream));
  const records = await Promise.all(kept.map((record) => toAws(call, record, stream)));
  // The engine cuts its answers by the number of records alone.
  return { records, position: toPosition(last), isLast: found.length < RECORDS_AT_ONCE };
}

/** A stream that was switched off and on again begins anew on AWS; the engine goes on with the old one. */
function isKept(record: StreamRecord, { startedAt }: EngineStream): boolean {
  return record.dynamodb.ApproximateCreationDateTime >= startedAt && !changesNothing(record);
}

async function toAws(
  call: CallEngine,
  record: StreamRecord,
  { tableName, timeToLiveAttribute: attribute, toPosition }: EngineStream,
): Promise<StreamRecord> {
  const { dynamodb } = record;
  const SequenceNumber = toPosition(Number(dynamodb.SequenceNumber));
  const mapped = {
    ...record,
    eventID: createHash('md5').update(`${tableName}/${SequenceNumber}`).digest('hex'),
    awsRegion: REGION,
    eventSourceARN: streamArn(tableName),
    dynamodb: { ...dynamodb, SequenceNumber },
  };
  return attribute ? markExpiry(call, mapped, { tableName, attribute }) : mapped;
}
