/**
 * In which order pads, members and invites are told. Written in the APPSYNC_JS subset (which sorts texts
 * alone), because both doors read this very file.
 */
import type { PadMember } from './pad.ts';
import type { Membership } from './padStore.ts';

/** The newest membership first; the ids, ULIDs, settle what happened in one millisecond. */
export function newestFirst(memberships: readonly Membership[]): Membership[] {
  const byTime: Record<string, Membership> = {};
  for (const membership of memberships) byTime[membership.since + membership.pad.id] = membership;
  const sorted = Object.keys(byTime).sort().reverse();
  return sorted.flatMap((key) => byTime[key] ?? []);
}

/** The longest member first. */
export function longestFirst(members: readonly PadMember[]): PadMember[] {
  const byTime: Record<string, PadMember> = {};
  for (const member of members) byTime[member.since + member.userId] = member;
  const sorted = Object.keys(byTime).sort();
  return sorted.flatMap((key) => byTime[key] ?? []);
}
