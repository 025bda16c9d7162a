import type { GatewayError } from './askGateway.ts';

/** Watchers who select the same of the same pad: their document is run once for all of them. */
export interface WatchGroup {
  readonly padId: string;
  /** Names the normalised document and its variables without `since` (the D row). */
  readonly documentHash: string;
}

/** Which changes: those after `from`, at most `first` of them. */
export interface GroupRun extends WatchGroup {
  /** A cursor `<epoch>.<seq>`. */
  readonly from: string;
  /** From 1. More than MAX_PAGE are read page by page: see `to` of what comes. */
  readonly first: number;
}

/** What a group's document says about consecutive changes. */
export interface PushedBatch {
  readonly from: string;
  /** The cursor after the last change in it; it may hold fewer than were asked for, never a hole. */
  readonly to: string;
  /** The log no longer reaches back to `from`, or is another one: there are no changes in it, `to` is the log's end. */
  readonly reset: boolean;
  /** The document's answer: `{ memoChanges: { …as selected } }`, under the watcher's own alias. */
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly GatewayError[];
}

/** One live subscription. */
export interface Recipient {
  readonly connectionId: string;
  /** The id the client gave its operation. */
  readonly operationId: string;
  /** The number of the first change it shall get. */
  readonly fromSeq: number;
}

/**
 * POSTED: the management API took it. GONE: nobody is there any more, the connection's rows are
 * removed. DROPPED: it could not be posted after some tries, so the connection was closed and its
 * rows are removed; the client comes back and resumes.
 */
export type PostOutcome = 'POSTED' | 'GONE' | 'DROPPED';

/** Brings changes to watchers. No trouble with one of them ever reaches the others, or the caller. */
export interface Push {
  /**
   * Everything a drain does for one group: runs the document once over the changes after `from` up
   * to the number `toSeq`, in as few pages as possible, and posts each recipient one message a page,
   * cut to what is new to it. At most 50 posts are in flight at once. It resolves when everybody has
   * got it or lost the connection.
   *
   * @throws GatewayOutOfReach and the like when the document could not be run: nobody may have got
   * everything, drain again.
   */
  deliver(
    group: WatchGroup,
    range: { readonly from: string; readonly toSeq: number },
    recipients: readonly Recipient[],
  ): Promise<void>;
  /** Runs a group's document once. @throws GatewayOutOfReach */
  run(run: GroupRun): Promise<PushedBatch>;
  /** Posts a frame, trying again when it may help. Never rejects for trouble with the connection. */
  post(connectionId: string, text: string): Promise<PostOutcome>;
  /** Tells a watcher that its subscription is over and why: a `next` with the error, then `complete`. The T row is for the caller to remove, before. */
  end(
    recipient: Pick<Recipient, 'connectionId' | 'operationId'>,
    reason: EndReason,
  ): Promise<PostOutcome>;
  /** Closes a connection and removes its rows. Never rejects. */
  disconnect(connectionId: string): Promise<void>;
}

/** Why a subscription ends without the client wanting it. */
export type EndReason = 'TOKEN_EXPIRED' | 'MEMBERSHIP_LOST';
