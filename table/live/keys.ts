/**
 * The live table's keys. Written in the APPSYNC_JS subset (no regex, throw or classes), because both
 * doors read this very file.
 *
 * L#<padId> / <seq, 12 digits>        a change of the pad's log       H#<padId> / -            where the log ends
 * C#<connection> / -                  a connection                    H#<padId> / <padId>      what came last from another pad
 * C#<connection> / <operation>        one of its subscriptions        D#<hash> / -             a document
 * T<padId, short> / <connection>#<operation>    who watches the pad (watchersKey.ts)
 */
const SEQ_ZEROS = '000000000000';
export const ONLY = '-';

export const logKey = (padId: string): string => `L#${padId}`;
export const headKey = (padId: string): string => `H#${padId}`;
export const connectionKey = (connectionId: string): string => `C#${connectionId}`;
export const documentKey = (hash: string): string => `D#${hash}`;

/** Numbers as texts that sort like numbers. */
export const seqKey = (seq: number): string => `${SEQ_ZEROS}${seq}`.slice(-SEQ_ZEROS.length);

/** Sorts before every number; DynamoDB takes no empty key. */
const BEFORE_ALL = '/';

/** Where the changes behind `afterSeq` begin: their keys are greater. */
export const afterKey = (afterSeq: number): string =>
  afterSeq < 0 ? BEFORE_ALL : seqKey(afterSeq);

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
