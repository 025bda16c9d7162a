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
  readonly doors: Pick<Doors, 'current' | 'subscribe'>;
  readonly session: Pick<Session, 'authorization' | 'renew'>;
  readonly create?: typeof createLiveClient;
  readonly createOnAppSync?: typeof createAppSyncClient;
}

/** Runs a subscription: its answers, one after the other, until the reader leaves or another door is chosen. */
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
    const given = (variables ?? {}) as Record<string, unknown>;
    return untilSwitched(watcher.iterate({ query, variables: given, operationName }), doors);
  };
}

/** Who reads on would see one door's name above what another door tells. */
function untilSwitched(
  answers: AsyncIterableIterator<object>,
  doors: LiveChangesOptions['doors'],
): AsyncIterableIterator<object> {
  const door = doors.current();
  const forget = doors.subscribe(() => {
    if (doors.current() !== door) void end();
  });
  const end = async (): Promise<IteratorResult<object>> => {
    forget();
    await answers.return?.();
    return { done: true, value: undefined };
  };
  return {
    async next() {
      const answer = await answers.next();
      if (answer.done) forget();
      return answer;
    },
    return: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

const nowhere = (): GraphqlFailure =>
  new GraphqlFailure([{ message: 'This Memopad has no socket to watch changes on.' }]);
