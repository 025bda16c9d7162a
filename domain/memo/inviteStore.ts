import type { Clock } from '#domain/clock.ts';
import type { Members } from './authorize.ts';
import type { InviteRecord } from './invite.ts';
import type { WriteOutcome } from './padStore.ts';

/** Who becomes a member by an invite, and when. */
export interface Acceptance {
  readonly invite: InviteRecord;
  readonly userId: string;
  /** ISO 8601 in UTC. */
  readonly since: string;
}

/** What the table offers for invites. Reads are strongly consistent and never yield an expired one. */
export interface InviteStore {
  createInvite(invite: InviteRecord): Promise<void>;
  /** The invite, unless it is unknown, revoked or expired at `now`, ISO 8601 in UTC. */
  invite(padId: string, inviteId: string, now: string): Promise<InviteRecord | null>;
  /** The pad's invites that are open at `now`, the oldest first. */
  listInvites(padId: string, now: string): Promise<InviteRecord[]>;
  /** CHANGED also when it is gone. */
  revokeInvite(padId: string, inviteId: string): Promise<WriteOutcome>;
  /** Adds the member, if the invite is still there, the pad too, and not full, and the user is no member yet. */
  acceptInvite(acceptance: Acceptance): Promise<WriteOutcome>;
}

/** What the use cases around invites are given. */
export interface InvitePorts {
  readonly members: Members;
  readonly invites: InviteStore;
  readonly clock: Clock;
}
