import type { Log } from '#domain/log.ts';
import type { StreamReader } from '#local/cloud/dynamodb/streamReader.ts';
import type { StreamRecord } from '#local/cloud/dynamodb/streamRecord.ts';
import { nameOf } from '#local/cloud/template/template.ts';
import { type Checkpoints, earliest } from './checkpoints.ts';
import type { Lane } from './lane.ts';
import type { MappingDefinition } from './mapping.ts';
import { laneOf } from './shards.ts';

/** Reads a stream when it is told to, and hands its records to lanes. */
export interface Poller {
  /** Reads all there is. Never rejects. */
  poll(): void;
  /** Called when a lane is done with records. */
  onProgress(): void;
  stop(): void;
}

export interface PollerOptions {
  readonly mapping: MappingDefinition;
  readonly reader: Pick<StreamReader, 'read'>;
  readonly checkpoints: Pick<Checkpoints, 'saveSoon'>;
  readonly lanes: readonly Lane[];
  /** Where each lane goes on. */
  readonly start: readonly string[];
  readonly log: Log;
}

/** No more is read while so many wait: a batch can have so many. */
const MAX_WAITING = 10_000;
const RETRY_AFTER_MS = 1_000;

export function createPoller(options: PollerOptions): Poller {
  const { mapping, reader, checkpoints, lanes, start, log } = options;
  let position = earliest(start);
  let state: 'IDLE' | 'READING' | 'READ_AGAIN' | 'FULL' | 'STOPPED' = 'IDLE';
  let timer: NodeJS.Timeout | undefined;
  const isStopped = (): boolean => state === 'STOPPED';
  /** Of a lane that has nothing to do, as far as was read; of another one, before what isn't done. */
  const positions = (): string[] =>
    lanes.map((lane, index) => {
      const first = lane.first();
      if (first) return before(first.sequenceNumber);
      const from = start[index] ?? position;
      return from > position ? from : position;
    });
  const hand = (record: StreamRecord): void => {
    const { SequenceNumber: sequenceNumber, ApproximateCreationDateTime } = record.dynamodb;
    const index = laneOf(record, mapping);
    // Lanes that had come further before a restart have had this one.
    const isDone = sequenceNumber <= (start[index] ?? '');
    if (isDone || !mapping.filter(record)) return;
    const createdAtSeconds = ApproximateCreationDateTime;
    lanes[index]?.add({ sequenceNumber, createdAtSeconds, text: JSON.stringify(record) });
  };
  const isFull = (): boolean => lanes.reduce((sum, lane) => sum + lane.waiting(), 0) >= MAX_WAITING;
  /** @returns whether there may be another page: whoever writes meanwhile wakes us again. */
  const readPage = async (): Promise<boolean> => {
    const page = await reader.read(position);
    if (isStopped() || page.position === position) return false;
    for (const record of page.records) hand(record);
    position = page.position;
    checkpoints.saveSoon(positions);
    return !page.isLast;
  };
  const readAll = async (): Promise<void> => {
    do {
      state = 'READING';
      while (!isFull() && (await readPage()));
    } while ((state as string) === 'READ_AGAIN');
    if (!isStopped()) state = isFull() ? 'FULL' : 'IDLE';
  };
  const poll = (): void => {
    if (state === 'READING') state = 'READ_AGAIN';
    if (state !== 'IDLE' && state !== 'FULL') return;
    readAll().catch((error) => {
      if (isStopped()) return;
      state = 'IDLE';
      const name = nameOf(mapping.name);
      log({ level: 'error', message: 'stream not read', mapping: name, error: String(error) });
      timer = setTimeout(poll, RETRY_AFTER_MS).unref();
    });
  };
  return {
    poll,
    onProgress() {
      checkpoints.saveSoon(positions);
      if (state === 'FULL') poll();
    },
    stop() {
      state = 'STOPPED';
      clearTimeout(timer);
    },
  };
}

/** The position a record comes after. */
function before(sequenceNumber: string): string {
  return String(BigInt(sequenceNumber) - 1n).padStart(sequenceNumber.length, '0');
}
