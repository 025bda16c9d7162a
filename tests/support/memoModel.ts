import { isoTime } from '#domain/clock.ts';
import type { MemoContent } from '#domain/memo/memo.ts';
import { DAY_MS } from './memos.ts';

/** What a caller may do with one of a few memos, called by number. */
export type Action =
  | MemoAction
  | { readonly do: 'emptyTrash' }
  | { readonly do: 'wait'; readonly days: number };

type MemoAction =
  | { readonly do: 'create'; readonly slot: number; readonly content: Partial<MemoContent> }
  | {
      readonly do: 'update';
      readonly slot: number;
      readonly content: Partial<MemoContent>;
      /** How far behind the version is that the caller expects; null: none is expected. */
      readonly behind: number | null;
    }
  | { readonly do: 'trash' | 'restore' | 'purge' | 'read'; readonly slot: number };

export interface ModelMemo extends MemoContent {
  readonly version: number;
  readonly updatedAt: string;
  readonly trashedAt: string | null;
}

/** What an action gives: the memo, an error code, a number of memos, or nothing. */
export type Outcome = ModelMemo | string | number | null;

/** Memos as simple as can be: what the real ones must do as well. */
export class MemoModel {
  now: number;
  private readonly memos = new Map<number, ModelMemo | 'PURGED'>();

  constructor(now: number) {
    this.now = now;
  }

  /** Those in a state, as a list shows them: slots with their memos. */
  list(state: MemoContent['state']): [number, ModelMemo][] {
    const living = [...this.memos.keys()].map((slot) => [slot, this.at(slot)] as const);
    const listed = living.flatMap(([slot, memo]): [number, ModelMemo][] =>
      typeof memo === 'object' && memo.state === state ? [[slot, memo]] : [],
    );
    const rank = ([slot, memo]: [number, ModelMemo]) => [memo.pinned ? 1 : 0, memo.updatedAt, slot];
    return listed.sort((one, other) => (rank(one) > rank(other) ? -1 : 1));
  }

  run(action: Action): Outcome {
    if (action.do === 'wait') {
      this.now += action.days * DAY_MS + 1;
      return null;
    }
    if (action.do === 'emptyTrash') {
      const trashed = this.list('TRASHED');
      for (const [slot] of trashed) this.memos.set(slot, 'PURGED');
      return trashed.length;
    }
    const memo = this.at(action.slot);
    if (action.do === 'create') return this.create(action.slot, action.content, memo);
    return typeof memo === 'object' ? this.change(action, memo) : 'NOT_FOUND';
  }

  private change(action: Exclude<MemoAction, { do: 'create' }>, memo: ModelMemo): Outcome {
    if (action.do === 'trash') return this.write(action.slot, memo, { state: 'TRASHED' });
    if (action.do === 'restore' && memo.state === 'TRASHED') {
      return this.write(action.slot, memo, { state: 'ACTIVE' });
    }
    if (action.do === 'update') {
      return action.behind ? 'CONFLICT' : this.write(action.slot, memo, action.content);
    }
    if (action.do !== 'purge') return memo;
    this.memos.set(action.slot, 'PURGED');
    return null;
  }

  private at(slot: number): ModelMemo | 'PURGED' | undefined {
    const memo = this.memos.get(slot);
    const expired =
      typeof memo === 'object' &&
      memo.trashedAt !== null &&
      Date.parse(memo.trashedAt) + 30 * DAY_MS <= this.now;
    return expired ? 'PURGED' : memo;
  }

  private create(
    slot: number,
    { state: _, ...content }: Partial<MemoContent>,
    existing: ModelMemo | 'PURGED' | undefined,
  ): Outcome {
    if (existing === 'PURGED') return 'CONFLICT';
    if (existing) return existing;
    const empty = { title: 'new', body: '', tags: [], color: 'DEFAULT', pinned: false } as const;
    const fresh = { state: 'ACTIVE', version: 1, trashedAt: null } as const;
    const memo = { ...empty, ...content, ...fresh, updatedAt: isoTime(this.now) };
    this.memos.set(slot, memo);
    return memo;
  }

  private write(slot: number, memo: ModelMemo, content: Partial<MemoContent>): ModelMemo {
    const next = { ...memo, ...content };
    if (JSON.stringify(next) === JSON.stringify(memo)) return memo;
    const updatedAt = isoTime(this.now);
    const trashedAt = next.state === 'TRASHED' ? (memo.trashedAt ?? updatedAt) : null;
    const written = { ...next, version: memo.version + 1, updatedAt, trashedAt };
    this.memos.set(slot, written);
    return written;
  }
}
