/**
 * What a pad is, and what one may not do to it. Written in the APPSYNC_JS subset (no throw, regex or
 * Date), because both doors read this very file.
 */
import { isoTime } from '#domain/clock.ts';
import type { Problem } from '#domain/errors.ts';
import { ulidTime } from '#domain/viewer/ulid.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import type { PadRole } from './role.ts';
import { type TextRule, textProblem } from './text.ts';

/** So that deleting a pad with all its members fits one transaction of 100 actions. */
export const MAX_MEMBERS = 50;

const NAME_RULE: TextRule = { what: "the pad's name", min: 1, max: 100, multiline: false };

/** A pad as one of its members sees it. */
export interface Pad {
  /** A ULID. */
  readonly id: string;
  /** Empty for a personal pad. */
  readonly name: string;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
  /** The viewer's own. */
  readonly role: PadRole;
}

/** A pad, whoever sees it. */
export type PadFacts = Omit<Pad, 'role'>;

/** What is kept of a shared pad. */
export interface PadRecord extends PadFacts {
  /** 1 to MAX_MEMBERS. */
  readonly memberCount: number;
  /** At least 1. */
  readonly ownerCount: number;
}

export interface PadMember {
  readonly userId: string;
  readonly role: PadRole;
  /** ISO 8601 in UTC. */
  readonly since: string;
}

/** A user's personal pad exists by rule: it is never written, and its id tells whose it is. */
export function personalPad(userId: string): Pad {
  return { id: userId, name: '', createdAt: isoTime(ulidTime(userId)), role: 'OWNER' };
}

export function padSeenAs(role: PadRole, { id, name, createdAt }: PadFacts): Pad {
  return { id, name, createdAt, role };
}

export function isPersonalPadOf(viewer: Pick<Viewer, 'userId'> | null, padId: string): boolean {
  return viewer?.userId === padId;
}

/** For the viewer's personal pad, as in "A personal pad can't be renamed." */
export function personalPadProblem(
  viewer: Pick<Viewer, 'userId'> | null,
  padId: string,
  whatCannotBe: string,
): Problem | null {
  if (!isPersonalPadOf(viewer, padId)) return null;
  return { code: 'BAD_USER_INPUT', message: `A personal pad can't be ${whatCannotBe}.` };
}

/** For a name that isn't 1 to 100 characters on one line. */
export function padNameProblem(name: string): Problem | null {
  const message = textProblem(name, NAME_RULE);
  return message === null ? null : { code: 'BAD_USER_INPUT', message };
}

/** As in "The last OWNER of a pad can't leave.", when nobody would be left to run it. */
export function lastOwnerProblem(
  pad: Pick<PadRecord, 'ownerCount'>,
  role: PadRole,
  whatCannot: string,
): Problem | null {
  if (role !== 'OWNER' || pad.ownerCount > 1) return null;
  return {
    code: 'BAD_USER_INPUT',
    message: `The last OWNER of a pad can't ${whatCannot}. Make another member an OWNER first, or delete the pad.`,
  };
}

/** For a pad that takes no further member. */
export function fullPadProblem({ memberCount }: Pick<PadRecord, 'memberCount'>): Problem | null {
  if (memberCount < MAX_MEMBERS) return null;
  return {
    code: 'BAD_USER_INPUT',
    message: `Expected a pad with fewer than ${MAX_MEMBERS} members, got one with ${memberCount}.`,
  };
}

export const MEMBER_NOT_FOUND: Problem = {
  code: 'NOT_FOUND',
  message: 'Expected the user id of a member of this pad.',
};

/** When every attempt to write was overtaken by somebody else's write. */
export const PAD_OVERTAKEN: Problem = {
  code: 'CONFLICT',
  message:
    'Others were changing the same pad at the same time, nothing was done. Send the request again.',
};
