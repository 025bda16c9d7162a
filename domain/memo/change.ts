/** What a change did. PAD_LEFT is only in the log of a personal pad; what ends a membership is PAD_CHANGED in the pad's own. */
export type ChangeKind = 'CREATED' | 'EDITED' | 'DELETED' | 'PAD_CHANGED' | 'PAD_LEFT';

/** One entry of a pad's change log. */
export interface Change {
  /** Its number in the log: 1, 2, 3 … without holes. */
  readonly seq: number;
  readonly kind: ChangeKind;
  /** The pad whose log it is in. */
  readonly padId: string;
  /** The memo that changed; null for a change of a pad. */
  readonly memoId: string | null;
  /** For PAD_CHANGED and PAD_LEFT the pad that changed: this one or, in a personal pad's log, one of its owner's. */
  readonly aboutPadId: string | null;
  /** The memo's version that the change made; 0 for a change of a pad and for what could not be read. */
  readonly version: number;
  /** Whether there was more to tell than could be read: whoever sees it reads the memo (or the pad) itself. */
  readonly truncated: boolean;
}
