/** Where a memo is listed. */
export type MemoState = 'ACTIVE' | 'ARCHIVED' | 'TRASHED';

/** The colour of a memo's card. */
export type MemoColor =
  | 'DEFAULT'
  | 'RED'
  | 'ORANGE'
  | 'YELLOW'
  | 'GREEN'
  | 'TEAL'
  | 'BLUE'
  | 'PURPLE'
  | 'PINK'
  | 'GRAY';

/** The fields of a memo that its writers set. */
export interface MemoContent {
  readonly title: string;
  readonly body: string;
  readonly tags: readonly string[];
  readonly color: MemoColor;
  readonly pinned: boolean;
  readonly state: MemoState;
}

/** What follows from a body, kept beside it so that a list need not read it. */
export interface BodyFacts {
  /** The start of the body as plain text on one line. */
  readonly excerpt: string;
  readonly taskCount: number;
  readonly doneTaskCount: number;
  /** The body's length in UTF-8. */
  readonly bodyBytes: number;
}

/** What a list shows of a memo: everything but the body. Times are ISO 8601 in UTC with milliseconds. */
export interface MemoSummary extends BodyFacts, Omit<MemoContent, 'body'> {
  /** `<padId>.<ulid>`: see memoId.ts. */
  readonly id: string;
  readonly padId: string;
  readonly ulid: string;
  /** When it was put into the trash; null elsewhere. */
  readonly trashedAt: string | null;
  /** Counts the accepted writes, from 1. */
  readonly version: number;
  readonly createdAt: string;
  /** When its last write was accepted; never earlier than at the version before. */
  readonly updatedAt: string;
  readonly authorId: string;
  readonly lastEditorId: string;
}

/** A titled Markdown text with tags, tasks, colour, pin, state and version. */
export interface Memo extends MemoSummary {
  readonly body: string;
}
