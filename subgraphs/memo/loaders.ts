import DataLoader from 'dataloader';
import type { PadRecord } from '#domain/memo/pad.ts';
import type { MembershipKey, PadReader, PadStore } from '#domain/memo/padStore.ts';
import type { PadRole } from '#domain/memo/role.ts';

/** Reads of one request: what fields of one level ask for is read at once, and nothing twice. */
export interface PadLoaders extends PadReader {
  /** Spares the request reading a role that it has seen. */
  know(key: MembershipKey, role: PadRole): void;
  forget(): void;
}

export function createPadLoaders(pads: PadStore): PadLoaders {
  const roles = new DataLoader<MembershipKey, PadRole | null, string>((keys) => pads.roles(keys), {
    cacheKeyFn: ({ padId, userId }) => `${padId} ${userId}`,
  });
  const records = new DataLoader<string, PadRecord | null>((padIds) => pads.pads(padIds));
  return {
    role: (padId, userId) => roles.load({ padId, userId }),
    pad: (padId) => records.load(padId),
    know: (key, role) => {
      roles.prime(key, role);
    },
    forget: () => {
      roles.clearAll();
      records.clearAll();
    },
  };
}
