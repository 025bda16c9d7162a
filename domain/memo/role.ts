/** A user's place in a pad: an OWNER runs it, an EDITOR writes its memos, a VIEWER reads them. */
export type PadRole = 'OWNER' | 'EDITOR' | 'VIEWER';
