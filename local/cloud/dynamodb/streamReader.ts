import type { StreamRecord } from './streamRecord.ts';

export interface StreamReaderOptions {
  /** The engine's own, not the one that asks for signatures. */
  readonly endpoint: string;
  readonly tableName: string;
}

export interface StreamReader {
  /**
   * Reads what comes after a position: at most 1,000 records, fewer or none when there are no more.
   * @param after a position read before (also by an earlier process), or a record's SequenceNumber
   */
  read(after: string | 'LATEST' | 'TRIM_HORIZON'): Promise<StreamPage>;
  close(): void;
}

export interface StreamPage {
  readonly records: readonly StreamRecord[];
  /** Where to go on: 21 digits. It moves on past records that were dropped. */
  readonly position: string;
}

/** Reads a table's stream from the embedded engine as DynamoDB itself would give it. */
export function createStreamReader(_options: StreamReaderOptions): StreamReader {
  throw new Error('Not there yet.');
}
