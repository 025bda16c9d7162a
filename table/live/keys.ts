/**
 * The live table's keys.
 *
 * L#<padId> / <seq, 12 digits>        a change of the pad's log       H#<padId> / -            where the log ends
 * C#<connection> / -                  a connection                    H#<padId> / <padId>      what came last from another pad
 * C#<connection> / <operation>        one of its subscriptions        D#<hash> / -             a document
 * T#<padId> / <connection>#<operation>  who watches the pad
 */
const SEQ_DIGITS = 12;
export const ONLY = '-';

export const logKey = (padId: string): string => `L#${padId}`;
export const headKey = (padId: string): string => `H#${padId}`;
export const connectionKey = (connectionId: string): string => `C#${connectionId}`;
export const documentKey = (hash: string): string => `D#${hash}`;
export const watchersKey = (padId: string): string => `T#${padId}`;

/** Numbers as texts that sort like numbers. */
export const seqKey = (seq: number): string => String(seq).padStart(SEQ_DIGITS, '0');

export const watcherKey = (connectionId: string, operationId: string): string =>
  `${connectionId}#${operationId}`;

/** Connection ids hold no `#`; an operation's id is the client's choice. */
export function readWatcherKey(key: string): {
  readonly connectionId: string;
  readonly operationId: string;
} {
  const end = key.indexOf('#');
  return { connectionId: key.slice(0, end), operationId: key.slice(end + 1) };
}
