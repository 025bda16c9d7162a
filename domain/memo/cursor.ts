/**
 * Cursors of memo lists: `memos.<padId>.<place>`, opaque to clients, unsigned. One that was made up
 * shows nothing its sender could not list anyway, so only kind, pad, state and shape are checked.
 * Written in the APPSYNC_JS subset, because both doors read this very file.
 */
import type { MemoFilter } from './filter.ts';
import type { MemoState } from './memo.ts';
import { type Place, placeOf, readPlace } from './place.ts';

/** Exactly one of the two isn't null: the place to read on behind, or what is wrong with the cursor. */
export interface CursorReading {
  readonly place: string | null;
  readonly problem: string | null;
}

export function cursorOf(padId: string, place: Place): string {
  return `${start(padId)}${placeOf(place)}`;
}

/** Reads `after` for a list of the pad with this filter. */
export function readCursor(
  cursor: string,
  padId: string,
  { state, pinned }: Pick<MemoFilter, 'state' | 'pinned'>,
): CursorReading {
  const text = cursor.slice(start(padId).length);
  const place = cursor.startsWith('memos.') ? readPlace(text) : null;
  if (!place) return refuse(state, 'another text');
  if (!cursor.startsWith(start(padId))) return refuse(state, 'one of another pad');
  if (place.state !== state) return refuse(state, `one of its ${place.state} memos`);
  if (pinned !== null && place.pinned !== pinned) {
    return refuse(state, `one of a ${place.pinned ? 'pinned' : 'not pinned'} memo`);
  }
  return { place: text, problem: null };
}

const start = (padId: string): string => `memos.${padId}.`;

const refuse = (state: MemoState, got: string): CursorReading => ({
  place: null,
  problem: `Expected \`after\` to be a cursor of this list, the ${state} memos of this pad; got ${got}.`,
});
