/** Writes one structured line. An entry never holds a token, a password or memo text. */
export type Log = (entry: LogEntry) => void;

export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  /** What happened, as a short constant: `request`, `unexpected error`. */
  readonly message: string;
  readonly requestId?: string | undefined;
  readonly [field: string]: unknown;
}
