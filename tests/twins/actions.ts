import type { PadRole } from '#domain/memo/role.ts';

/** Who acts: one of three people, or nobody. */
export type Actor = 0 | 1 | 2 | 'nobody';

/**
 * One operation, with everything it names by number: what was made before, counted round, or -1 for what
 * never was. Pads 0 to 2 are the personal pads of the three people.
 */
export type Action = { readonly by: Actor } & (
  | { readonly do: 'wait'; readonly days: number }
  | { readonly do: 'me' | 'pads' }
  | { readonly do: 'pad' | 'deletePad' | 'leavePad' | 'emptyTrash'; readonly pad: number }
  | { readonly do: 'createPad'; readonly name: string }
  | { readonly do: 'renamePad'; readonly pad: number; readonly name: string }
  | {
      readonly do: 'createInvite';
      readonly pad: number;
      readonly role: PadRole;
      /** Null: left out. */
      readonly inDays: number | null;
    }
  | { readonly do: 'revokeInvite'; readonly pad: number; readonly invite: number }
  | { readonly do: 'acceptInvite'; readonly invite: number }
  | { readonly do: 'setRole'; readonly pad: number; readonly who: number; readonly role: PadRole }
  | { readonly do: 'removeMember'; readonly pad: number; readonly who: number }
  | {
      readonly do: 'createMemo';
      /** Null: left out. */
      readonly pad: number | null;
      /** Null: made by the service; else one of few, so that creations are sent again. */
      readonly ulid: string | null;
      readonly content: Content;
    }
  | {
      readonly do: 'updateMemo';
      readonly memo: number;
      /** How far behind the version is that the caller expects; null: none is expected. */
      readonly behind: number | null;
      readonly content: Content;
    }
  | {
      readonly do: 'setTaskDone';
      readonly memo: number;
      readonly index: number;
      readonly done: boolean;
      readonly behind: number;
    }
  | { readonly do: 'memo' | 'trashMemo' | 'restoreMemo' | 'purgeMemo'; readonly memo: number }
  | {
      readonly do: 'memos' | 'padMemos';
      readonly pad: number;
      readonly filter: Content | null;
      readonly first: number | null;
      /** A cursor that some list has told; null: from the start. */
      readonly after: number | null;
      readonly withBodies: boolean;
    }
  | {
      readonly do: 'memoChanges';
      readonly pad: number;
      readonly first: number | null;
      /** A cursor that some list or batch has told; null: left out. */
      readonly since: number | null;
    }
);

export type ActionName = Action['do'];

/** Fields of a memo or of a filter, good or bad. */
export type Content = Readonly<Record<string, unknown>>;
