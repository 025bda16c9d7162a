import { randomBytes as systemRandomBytes } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { VerifyCaller } from '#domain/viewer/accessToken.ts';
import type { Subgraph } from '#domain/viewer/subgraphRequest.ts';
import type { RandomBytes } from '#domain/viewer/ulid.ts';
import { memoSdl } from '#schema/generated/sdl.ts';
import { createSubgraph } from '#subgraphs/subgraph.ts';
import type { Table } from '#table/dynamoDb.ts';
import { createChangeLog } from '#table/live/changeLogStore.ts';
import { createInviteStore } from '#table/memo/inviteStore.ts';
import { createMemoStore } from '#table/memo/memoStore.ts';
import { createPadStore } from '#table/memo/padStore.ts';
import { pauseAtRandom } from '#table/pause.ts';
import { createBodyBudget } from './bodyBudget.ts';
import type { Context } from './context.ts';
import { createLoaders } from './loaders.ts';
import { resolvers } from './resolvers.ts';

export interface MemoServiceOptions {
  /** The memo table. */
  readonly table: Table;
  /** The live table, whose change logs are read. */
  readonly liveTable: Table;
  readonly verify: VerifyCaller;
  /** Makes the URL of the page that accepts an invite; `Invite.url` is null when left out. */
  readonly inviteUrl?: ((secret: string) => string) | undefined;
  /** The system's own when left out. */
  readonly clock?: Clock | undefined;
  /** The system's own when left out. */
  readonly randomBytes?: RandomBytes | undefined;
  readonly log: Log;
}

/** The memo service: pads, members, invites and memos, as a subgraph. */
export function createMemoService(options: MemoServiceOptions): { readonly subgraph: Subgraph } {
  const { table, liveTable, verify, log } = options;
  const { inviteUrl = () => null, clock = Date.now, randomBytes = systemRandomBytes } = options;
  const [memos, pads, invites] = [
    createMemoStore(table),
    createPadStore(table),
    createInviteStore(table),
  ];
  const changes = createChangeLog(liveTable, clock);
  const stores = { memos, pads, invites, changes, clock, randomBytes, pause: pauseAtRandom };
  const subgraph = createSubgraph<Context>({
    sdl: memoSdl,
    resolvers,
    verify,
    createContext: (viewer, _, watch) => {
      const loaders = createLoaders(stores);
      const ports = { ...stores, members: loaders.members };
      return { viewer, watch, loaders, inviteUrl, ports, budget: createBodyBudget() };
    },
    log,
  });
  return { subgraph };
}
