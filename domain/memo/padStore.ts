import type { Members } from './authorize.ts';
import type { Pad, PadFacts, PadMember, PadRecord } from './pad.ts';
import type { PadRole } from './role.ts';

/** CHANGED: nothing was written, because something was no longer as it had been read. Read again. */
export type WriteOutcome = 'DONE' | 'CHANGED';

/** What it takes to show a pad. Reads are strongly consistent. */
export interface PadReader extends Members {
  /** Null when there is no such pad, or no longer. */
  pad(padId: string): Promise<PadFacts | null>;
}

/** Names one membership. */
export interface MembershipKey {
  readonly padId: string;
  readonly userId: string;
}

/** A pad of a user with the time the user became a member of it. */
export interface Membership {
  readonly pad: Pad;
  readonly since: string;
}

/** What the table offers for shared pads. Every write keeps the pad's counts true. */
export interface PadStore extends PadReader {
  pad(padId: string): Promise<PadRecord | null>;
  /** Many pads, in the order asked for. */
  pads(padIds: readonly string[]): Promise<(PadRecord | null)[]>;
  /** Many roles, in the order asked for. */
  roles(keys: readonly MembershipKey[]): Promise<(PadRole | null)[]>;
  /** The pads a user is a member of, unsorted. A membership of this very moment may be missing; none that has ended is there. */
  memberships(userId: string): Promise<Membership[]>;
  /** How many shared pads a user is a member of, as of a moment ago. */
  countPads(userId: string): Promise<number>;
  /** The members of a pad, unsorted. */
  listMembers(padId: string): Promise<PadMember[]>;

  /** Writes a pad with its first member, an OWNER since the pad's `createdAt`. */
  createPad(pad: PadRecord, ownerId: string): Promise<WriteOutcome>;
  renamePad(padId: string, name: string): Promise<WriteOutcome>;
  /** Removes these members, if they are exactly all there are, and leaves a tombstone of the pad. */
  deletePad(padId: string, members: readonly PadMember[], deletedAt: string): Promise<WriteOutcome>;
  /** Ends these invites too, at most 50. CHANGED also when the pad would be left without an OWNER. */
  changeRole(
    key: MembershipKey,
    from: PadRole,
    to: PadRole,
    inviteIds?: readonly string[],
  ): Promise<WriteOutcome>;
  /** Ends these invites too, at most 50. CHANGED also when the pad would be left without an OWNER. */
  removeMember(
    key: MembershipKey,
    role: PadRole,
    inviteIds?: readonly string[],
  ): Promise<WriteOutcome>;
}
