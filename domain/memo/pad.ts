import { isoTime } from '#domain/clock.ts';
import { MemopadError } from '#domain/errors.ts';
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

export function isPersonalPadOf(viewer: Viewer | null, padId: string): boolean {
  return viewer?.userId === padId;
}

/** @throws BAD_USER_INPUT for the viewer's personal pad, as in "A personal pad can't be renamed." */
export function refusePersonalPad(
  viewer: Viewer | null,
  padId: string,
  whatCannotBe: string,
): void {
  if (!isPersonalPadOf(viewer, padId)) return;
  throw new MemopadError('BAD_USER_INPUT', `A personal pad can't be ${whatCannotBe}.`);
}

/** @throws BAD_USER_INPUT for a name that isn't 1 to 100 characters on one line. */
export function checkPadName(name: string): void {
  const problem = textProblem(name, NAME_RULE);
  if (problem) throw new MemopadError('BAD_USER_INPUT', problem);
}

/** @throws BAD_USER_INPUT, as in "The last OWNER of a pad can't leave.", when nobody would be left to run it. */
export function refuseLastOwner(pad: PadRecord, role: PadRole, whatCannot: string): void {
  if (role !== 'OWNER' || pad.ownerCount > 1) return;
  throw new MemopadError(
    'BAD_USER_INPUT',
    `The last OWNER of a pad can't ${whatCannot}. Make another member an OWNER first, or delete the pad.`,
  );
}
