import type { LogPosition } from '#domain/memo/changeLog.ts';
import type { LiveSubscription, Subscription, WatchDocument } from '#table/live/subscriptions.ts';

/** Watchers who select the same of the same pad: their document is run once for all of them. */
export interface WatchGroup {
  readonly padId: string;
  /** Names the document and its variables without `since` (the D row). */
  readonly documentHash: string;
}

/** Consecutive changes: those behind `from`, up to the number `toSeq`. */
export interface Stretch {
  readonly from: LogPosition;
  readonly toSeq: number;
}

/**
 * POSTED: the management API took it. GONE: nobody is there any more, the connection's rows are
 * removed. DROPPED: it could not be posted after some tries, so the connection was closed and its
 * rows are removed; the client comes back and goes on where it was.
 */
export type PostOutcome = 'POSTED' | 'GONE' | 'DROPPED';

/** Why a subscription ends without the client wanting it. */
export type EndReason = 'TOKEN_EXPIRED' | 'MEMBERSHIP_LOST' | 'TOO_MANY_DOCUMENTS';

/** Brings changes to watchers. No trouble with one of them ever reaches the others, or the caller. */
export interface Push {
  /**
   * Everything a drain does for one group: runs the document once over the stretch, in as few pages
   * as possible, and posts each recipient one message a page, cut to what is new to it (`fromSeq`).
   * At most 50 posts are in flight at once. A recipient whose token has expired gets nothing: its
   * subscription is removed and ended. It resolves when everybody has got all or is gone.
   *
   * @throws RunFailed, GatewayOutOfReach when the document could not be run: some may have got a
   * part, drain again.
   */
  deliver(
    group: WatchGroup,
    stretch: Stretch,
    recipients: readonly LiveSubscription[],
  ): Promise<void>;
  /** Posts a frame, trying again when it may help. Never rejects for trouble with the connection. */
  post(connectionId: string, text: string): Promise<PostOutcome>;
  /**
   * Removes a subscription and tells its watcher why: a `next` with the error, then `complete`.
   * @throws what kept it from being removed: it must be ended again, or it gets what follows. But for
   * TOKEN_EXPIRED, which stands in the row itself.
   */
  end(subscription: Ended, reason: EndReason): Promise<void>;
  /** Removes a connection's rows and closes it. Never rejects. */
  disconnect(connectionId: string): Promise<void>;
}

export type Ended = Pick<Subscription, 'connectionId' | 'operationId' | 'padId'>;

/** What only a subscription that is catching up is sent. */
export interface Replay {
  /** Runs a document that nobody has run yet, for what the gateway makes of it. @throws SubscriptionRefused, RunFailed, GatewayOutOfReach */
  tryOut(document: WatchDocument, padId: string, at: LogPosition): Promise<void>;
  /** Sends one page of a stretch, and nothing any more once the signal aborts. @throws as `deliver`, SubscriptionRefused, the signal's reason */
  replay(subscription: Subscription, stretch: Stretch, signal?: AbortSignal): Promise<Replayed>;
  /** Says that the subscription is live from here. */
  tellCaughtUp(subscription: Subscription, at: LogPosition): Promise<PostOutcome>;
  /** Says that the changes since `from` can't be told, and that it goes on from `to`. */
  tellReset(
    subscription: Subscription,
    span: { readonly from: LogPosition; readonly to: LogPosition },
  ): Promise<PostOutcome>;
}

export interface Replayed {
  /** RESET: the log no longer reaches back, nothing was posted. */
  readonly outcome: PostOutcome | 'RESET';
  /** How far it came. */
  readonly to: LogPosition;
  /** How much was posted: bytes. */
  readonly bytes: number;
}
