import type { GetAccessToken } from '#client/accessToken.ts';
import { type AppSyncClient, createAppSyncClient } from '#client/appsync/createAppSyncClient.ts';
import { createLiveClient } from '#client/createLiveClient.ts';
import type { Doors } from './doors.ts';
import type { GraphqlRequest } from './graphqlEndpoint.ts';
import { GraphqlFailure } from './graphqlFailure.ts';
import type { ServiceConfig } from './serviceConfig.ts';
import type { Session } from './session.ts';

export interface LiveChangesOptions {
  /** Where changes can be watched. */
  readonly places: Promise<Pick<ServiceConfig, 'socket' | 'appsync'>>;
  readonly doors: Pick<Doors, 'current'>;
  readonly session: Pick<Session, 'authorization' | 'renew'>;
  readonly create?: typeof createLiveClient;
  readonly createOnAppSync?: typeof createAppSyncClient;
}

/** Runs a subscription: its answers, one after the other, until the reader leaves. */
export type RunSubscription = (request: GraphqlRequest) => Promise<AsyncIterable<object>>;

type Watcher = Pick<AppSyncClient, 'iterate'>;

/** Subscriptions over one connection a door for the whole page, as whoever is signed in when it connects. */
export function createLiveChanges(options: LiveChangesOptions): RunSubscription {
  const { places, doors, session } = options;
  const { create = createLiveClient, createOnAppSync = createAppSyncClient } = options;
  const watchers = new Map<string, Watcher>();
  const getAccessToken: GetAccessToken = async ({ refused }) => {
    const authorization = await (refused ? session.renew() : session.authorization());
    return authorization?.replace(/^Bearer /, '') ?? null;
  };
  const connect = async (): Promise<Watcher | null> => {
    const { socket, appsync } = await places;
    if (doors.current() === 'appsync' && appsync) {
      const { url, realtime: realtimeUrl } = appsync;
      return createOnAppSync({ url, realtimeUrl, getAccessToken });
    }
    return socket === null ? null : create({ url: socket, getAccessToken });
  };
  return async ({ query, variables, operationName }) => {
    const door = doors.current();
    const watcher = watchers.get(door) ?? (await connect());
    if (!watcher) throw nowhere();
    watchers.set(door, watcher);
    return watcher.iterate({
      query,
      variables: (variables ?? {}) as Record<string, unknown>,
      operationName,
    });
  };
}

const nowhere = (): GraphqlFailure =>
  new GraphqlFailure([{ message: 'This Memopad has no socket to watch changes on.' }]);
