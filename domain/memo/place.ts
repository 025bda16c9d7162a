/**
 * A memo's place in its pad's lists: `<A|B|T><1|0>#<updatedAt>#<ulid>` (active, archived, trashed;
 * pinned or not). Places sort as texts, and a list is read from the greatest to the smallest: pinned
 * memos first, then the newest change first. Written in the APPSYNC_JS subset, because both doors
 * read this very file.
 */
import { isUlid } from '#domain/viewer/ulid.ts';
import type { MemoState } from './memo.ts';

export interface Place {
  readonly state: MemoState;
  readonly pinned: boolean;
  /** ISO 8601 in UTC with milliseconds. */
  readonly updatedAt: string;
  readonly ulid: string;
}

/** The places from `low` to `high`, both included. */
export interface PlaceRange {
  readonly low: string;
  readonly high: string;
}

const LETTERS: Readonly<Record<MemoState, string>> = { ACTIVE: 'A', ARCHIVED: 'B', TRASHED: 'T' };
const STATES: readonly MemoState[] = ['ACTIVE', 'ARCHIVED', 'TRASHED'];
/** 0 stands for any digit. */
const TIME_SHAPE = '0000-00-00T00:00:00.000Z';
/** The characters of a ulid in order, behind one that sorts before them all. */
const BEFORE_AND_CROCKFORD = '/0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Sorts behind every character of a place. */
const BEHIND_ALL = '~';

export function placeOf({ state, pinned, updatedAt, ulid }: Place): string {
  return `${shelf(state, pinned)}#${updatedAt}#${ulid}`;
}

/** Null for a text that is no place. */
export function readPlace(text: string): Place | null {
  const state = STATES.find((one) => LETTERS[one] === text.charAt(0));
  const pin = text.charAt(1);
  const updatedAt = text.slice(3, 27);
  const ulid = text.slice(28);
  const separated = text.charAt(2) === '#' && text.charAt(27) === '#';
  if (!state || (pin !== '1' && pin !== '0') || !separated) return null;
  if (!isTimeShaped(updatedAt) || !isUlid(ulid)) return null;
  return { state, pinned: pin === '1', updatedAt, ulid };
}

/**
 * The places of a state's memos (`pinned` null: pinned or not), those behind the place `after`
 * only, if there is one, and with `since` none that was last written before that time and isn't pinned.
 */
export function placesOf(
  state: MemoState,
  pinned: boolean | null,
  after: string | null,
  since: string | null,
): PlaceRange {
  const lowest = shelf(state, pinned ?? false);
  return {
    low: since === null ? lowest : `${lowest}#${since}`,
    high: after === null ? `${shelf(state, pinned ?? true)}${BEHIND_ALL}` : justBelow(after),
  };
}

/** Behind an old cursor of the trash there is no place that is recent enough; DynamoDB refuses such a BETWEEN. */
export const isEmptyRange = ({ low, high }: PlaceRange): boolean => low > high;

const shelf = (state: MemoState, pinned: boolean): string =>
  `${LETTERS[state]}${pinned ? '1' : '0'}`;

/** Sorts below the place, and above every lower one: BETWEEN includes its bounds, a cursor excludes its own. */
function justBelow(place: string): string {
  const last = BEFORE_AND_CROCKFORD.indexOf(place.slice(-1));
  return `${place.slice(0, -1)}${BEFORE_AND_CROCKFORD.charAt(last - 1)}${BEHIND_ALL}`;
}

function isTimeShaped(text: string): boolean {
  if (text.length !== TIME_SHAPE.length) return false;
  return text.split('').every((character, index) => {
    const shape = TIME_SHAPE.charAt(index);
    return shape === '0' ? character >= '0' && character <= '9' : character === shape;
  });
}
