import { randomBytes } from 'node:crypto';
import { isoTime } from '#domain/clock.ts';
import { createUlid } from '#domain/viewer/ulid.ts';
import type { Answer, RunningDoor } from '#tests/contract/door.ts';
import type { Action, Actor } from './actions.ts';
import { DOCUMENTS, withBodies } from './documents.ts';
import { createNames, type Names } from './names.ts';

/** Three people behind one door, and all they have made so far. */
export interface Twin {
  /** Runs an action and gives its answer with names in the place of ids, times, cursors and secrets. */
  act(action: Action): Promise<unknown>;
}

export type TwinDoor = Pick<RunningDoor, 'execute' | 'issuer'>;

interface World {
  readonly door: TwinDoor;
  readonly now: () => number;
  readonly people: readonly string[];
  readonly pads: string[];
  readonly memos: { readonly id: string; version: number }[];
  readonly invites: { readonly id: string; readonly secret: string }[];
  readonly cursors: string[];
  /** Cursors in change logs. */
  readonly marks: string[];
  readonly names: Names;
}

const DAY_MS = 24 * 60 * 60_000;
const NEVER = '01JZZZZZZZZZZZZZZZZZZZZZZZ';

/**
 * People who never signed up but have good tokens: enough for everything but the auth service.
 * @param now the door's clock, in epoch milliseconds
 */
export function createTwin(door: TwinDoor, now: () => number): Twin {
  // Each in a millisecond of their own, so that times are as unlike on every side.
  const people = [3, 2, 1].map((ago) => createUlid(now() - ago, randomBytes));
  const world: World = {
    ...{ door, now, people, pads: [...people], memos: [], invites: [], cursors: [], marks: [] },
    names: createNames(people),
  };
  return {
    async act(action) {
      if (action.do === 'wait') return 'waited';
      const document = DOCUMENTS[action.do];
      const wantsBodies = 'withBodies' in action && action.withBodies;
      const answer = await door.execute(wantsBodies ? withBodies(document) : document, {
        // More than the document takes is ignored, as GraphQL says.
        variables: variablesOf(action, world),
        token: await tokenOf(action.by, world),
      });
      remember(answer.data, world);
      return nameAll(answer, world.names);
    },
  };
}

async function tokenOf(by: Actor, { door, people }: World): Promise<string | undefined> {
  const userId = by === 'nobody' ? undefined : people[by];
  if (userId === undefined) return undefined;
  return (await door.issuer.issue({ userId, sessionId: userId })).token;
}

function variablesOf(action: Action, world: World): Readonly<Record<string, unknown>> {
  const padId = 'pad' in action && action.pad !== null ? padAt(action.pad, world) : undefined;
  switch (action.do) {
    case 'createMemo':
      return { input: { title: 'new', ...action.content, padId, ulid: action.ulid } };
    case 'createInvite':
      return { padId, role: action.role, expiresAt: inDays(action.inDays, world) };
    case 'acceptInvite':
      return { secret: at(world.invites, action.invite)?.secret ?? 'no secret' };
    case 'revokeInvite':
      return { padId, id: at(world.invites, action.invite)?.id ?? NEVER };
    case 'setRole':
    case 'removeMember':
      return { ...action, padId, userId: at(world.people, action.who) ?? NEVER };
    case 'memos':
    case 'padMemos':
      return { ...action, padId, id: padId, after: cursorAt(action.after, world.cursors) };
    case 'memoChanges':
      return { ...action, padId, since: cursorAt(action.since, world.marks) };
    default:
      if ('memo' in action) return memoVariables(action, world);
      return { ...action, padId, id: padId };
  }
}

const padAt = (place: number, { pads }: World): string => at(pads, place) ?? NEVER;

function inDays(days: number | null, { now }: World): string | undefined {
  return days === null ? undefined : isoTime(now() + days * DAY_MS);
}

function cursorAt(place: number | null, cursors: readonly string[]): string | null {
  return place === null ? null : (at(cursors, place) ?? 'no cursor');
}

function memoVariables(action: Action & { readonly memo: number }, world: World) {
  const { id, version } = at(world.memos, action.memo) ?? {
    ...{ id: `${world.people[0]}.${NEVER}`, version: 1 },
  };
  switch (action.do) {
    case 'updateMemo': {
      const expectedVersion = action.behind === null ? null : version - action.behind;
      return { input: { id, ...action.content, expectedVersion } };
    }
    case 'setTaskDone': {
      const { index, done, behind } = action;
      return { memoId: id, index, done, expectedVersion: version - behind };
    }
    default:
      return { id };
  }
}

/** What stands at a number, counted round; nothing at -1, and nothing while there is nothing. */
function at<Thing>(things: readonly Thing[], index: number): Thing | undefined {
  return index < 0 ? undefined : things[index % things.length];
}

/** Keeps what an answer tells of: later actions name it by its number. */
function remember(value: unknown, world: World): void {
  if (Array.isArray(value)) for (const one of value) remember(one, world);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const { id, version, secret, members, endCursor, cursor, changesCursor, to } = value as Readonly<
    Record<string, unknown>
  >;
  if (typeof version === 'number') rememberMemo(String(id), version, world);
  if (Array.isArray(members)) addNew(world.pads, id);
  if (typeof secret === 'string') world.invites.push({ id: String(id), secret });
  addNew(world.cursors, cursor, endCursor);
  addNew(world.marks, changesCursor, to);
  for (const field of Object.values(value)) remember(field, world);
}

function rememberMemo(id: string, version: number, { memos }: World): void {
  const known = memos.find((memo) => memo.id === id);
  if (known) known.version = version;
  else memos.push({ id, version });
}

function addNew(known: string[], ...told: readonly unknown[]): void {
  for (const one of told) if (typeof one === 'string' && !known.includes(one)) known.push(one);
}

function nameAll({ status, data, errors }: Answer, names: Names): unknown {
  const told = errors.map(({ message, path, extensions: { requestId: _, ...extensions } }) => {
    const { code } = extensions;
    // What is refused before a resolver runs, each door tells in its own words.
    return path && code !== 'UNAUTHENTICATED' ? { message, path, extensions } : { path, code };
  });
  return names.of({ status, data, errors: told });
}
