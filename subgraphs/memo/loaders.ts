import DataLoader from 'dataloader';
import type { Clock } from '#domain/clock.ts';
import type { InviteStore } from '#domain/memo/inviteStore.ts';
import type { ListInvitesPorts } from '#domain/memo/listInvites.ts';
import type { ListMembersPorts } from '#domain/memo/listMembers.ts';
import type { Memo } from '#domain/memo/memo.ts';
import { type MemoKey, memoIdOf } from '#domain/memo/memoId.ts';
import type { ReadMemoPorts } from '#domain/memo/memoPorts.ts';
import type { ListRequest, MemoReader } from '#domain/memo/memoStore.ts';
import type { Pad, PadFacts } from '#domain/memo/pad.ts';
import type { MembershipKey, PadReader, PadStore } from '#domain/memo/padStore.ts';
import type { PadRole } from '#domain/memo/role.ts';

/**
 * The ports of use cases that only read, for one request: what fields of one level ask for is read at
 * once, nothing is read twice, and all of it happens at one moment. Never for a mutation.
 */
export interface Loaders extends ReadMemoPorts, ListMembersPorts, ListInvitesPorts {
  readonly pads: PadReader & Pick<PadStore, 'listMembers' | 'memberships'>;
  /** Spares the request reading what it has been told of a pad and of this user's role in it. */
  know(userId: string, pad: Pad): void;
  /** What is read from now on is read anew. */
  forget(): void;
}

export interface LoaderPorts {
  readonly memos: MemoReader;
  readonly pads: PadStore;
  readonly invites: Pick<InviteStore, 'listInvites'>;
  readonly clock: Clock;
}

export function createLoaders({ memos, pads, invites, clock }: LoaderPorts): Loaders {
  const padLoaders = createPadLoaders(pads);
  const memoLoaders = createMemoLoaders(memos);
  const openInvites = eachOnce(
    ({ padId, now }: { padId: string; now: string }) => invites.listInvites(padId, now),
    ({ padId }) => padId,
  );
  let moment: number | undefined;
  return {
    pads: padLoaders,
    members: padLoaders,
    memos: memoLoaders,
    invites: { listInvites: (padId, now) => openInvites.load({ padId, now }) },
    clock: () => {
      moment ??= clock();
      return moment;
    },
    know: padLoaders.know,
    forget: () => {
      moment = undefined;
      padLoaders.forget();
      memoLoaders.forget();
      openInvites.clearAll();
    },
  };
}

function createPadLoaders(pads: PadStore): Loaders['pads'] & Pick<Loaders, 'know' | 'forget'> {
  const roles = new DataLoader<MembershipKey, PadRole | null, string>((keys) => pads.roles(keys), {
    cacheKeyFn: ({ padId, userId }) => `${padId} ${userId}`,
  });
  const facts = new DataLoader<string, PadFacts | null>((padIds) => pads.pads(padIds));
  const members = eachOnce((padId: string) => pads.listMembers(padId));
  const memberships = eachOnce((userId: string) => pads.memberships(userId));
  return {
    role: (padId, userId) => roles.load({ padId, userId }),
    pad: (padId) => facts.load(padId),
    listMembers: (padId) => members.load(padId),
    memberships: (userId) => memberships.load(userId),
    know: (userId, pad) => {
      roles.prime({ padId: pad.id, userId }, pad.role);
      facts.prime(pad.id, pad);
    },
    forget: () => {
      for (const loader of [roles, facts, members, memberships]) loader.clearAll();
    },
  };
}

function createMemoLoaders(memos: MemoReader): MemoReader & Pick<Loaders, 'forget'> {
  const whole = new DataLoader<MemoKey, Memo | null, string>((keys) => memos.readMany(keys), {
    cacheKeyFn: memoIdOf,
  });
  const slices = eachOnce(
    (request: ListRequest) => memos.list(request),
    ({ padId, range, order, limit }) => [padId, range.low, range.high, order, limit].join(' '),
  );
  return {
    read: (key) => whole.load(key),
    readMany: (keys) => Promise.all(keys.map((key) => whole.load(key))),
    list: (request) => slices.load(request),
    forget: () => {
      whole.clearAll();
      slices.clearAll();
    },
  };
}

/** For what one read can't bring for several keys at once. */
function eachOnce<Key, Value>(
  read: (key: Key) => Promise<Value>,
  nameOf: (key: Key) => unknown = (key) => key,
): DataLoader<Key, Value, unknown> {
  return new DataLoader<Key, Value, unknown>((keys) => Promise.all(keys.map(read)), {
    batch: false,
    cacheKeyFn: nameOf,
  });
}
