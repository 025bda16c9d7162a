import { ulidBytes } from '#domain/viewer/ulid.ts';

/**
 * The live table's keys.
 *
 * L#<padId> / <seq, 12 digits>        a change of the pad's log       H#<padId> / -            where the log ends
 * C#<connection> / -                  a connection                    H#<padId> / <padId>      what came last from another pad
 * C#<connection> / <operation>        one of its subscriptions        D#<hash> / -             a document
 * T<padId, short> / <connection>#<operation>    who watches the pad
 */
const SEQ_DIGITS = 12;
export const ONLY = '-';

export const logKey = (padId: string): string => `L#${padId}`;
export const headKey = (padId: string): string => `H#${padId}`;
export const connectionKey = (connectionId: string): string => `C#${connectionId}`;
export const documentKey = (hash: string): string => `D#${hash}`;
/** A ulid in 22 characters instead of 26: a push to 1,000 watchers reads this 1,000 times. */
export const watchersKey = (padId: string): string =>
  `T${Buffer.from(ulidBytes(padId)).toString('base64url')}`;

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
