/**
 * What is selected of a stretch of a change log. AppSync lists the paths of a selection, those in fragments
 * too, but calls each field by its alias: what could be a memo is read as one, and a memo that hides behind
 * the name of a pad is read by its own resolver.
 */
import type { Info } from '@aws-appsync/utils';
import type { Needs } from './rows.ts';

export function needsOf({ selectionSetList }: Info): Needs {
  // AppSync ends every loop at the 1,000th turn without a word.
  if (selectionSetList.length >= LOOKED_AT) return { memos: true, pads: true, memoPad: true };
  const paths = selectionSetList.map((path) => path.split('/').slice(1));
  // Of a change only the memo and the pad have fields of their own.
  const nested = paths.filter((path) => path.length > 1);
  return {
    memos: nested.some(([field]) => field !== 'pad'),
    pads: nested.length > 0,
    memoPad: nested.some(
      ([field, ofMemo, ofPad]) =>
        field !== 'pad' &&
        ofMemo === 'pad' &&
        ofPad !== undefined &&
        PAD_WITHOUT_ROW.indexOf(ofPad) < 0,
    ),
  };
}

const LOOKED_AT = 900;
const PAD_WITHOUT_ROW = ['__typename', 'id', 'personal', 'role', 'members', 'invites', 'memos'];
