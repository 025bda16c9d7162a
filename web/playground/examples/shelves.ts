import { ACCOUNT_EXAMPLES } from './account.ts';
import type { Example } from './example.ts';
import { LIVE_EXAMPLES } from './live.ts';
import { MEMO_CHANGE_EXAMPLES } from './memoChanges.ts';
import { MEMO_EXAMPLES } from './memos.ts';
import { PAD_EXAMPLES } from './pads.ts';

/** The examples as the panel shows them, under their headings. */
export const SHELVES: readonly {
  readonly heading: string;
  readonly examples: readonly Example[];
}[] = [
  { heading: 'Account', examples: ACCOUNT_EXAMPLES },
  { heading: 'Memos', examples: MEMO_EXAMPLES },
  { heading: 'Changing memos', examples: MEMO_CHANGE_EXAMPLES },
  { heading: 'Pads and sharing', examples: PAD_EXAMPLES },
  { heading: 'Live', examples: LIVE_EXAMPLES },
];
