import { randomUUID } from 'node:crypto';
import { type AppSyncCaller, Unauthorized } from '#local/appsync/auth/caller.ts';
import type { GraphQLRequest } from '#local/appsync/execution/prepare.ts';
import { after } from './after.ts';
import type { ConnectionOptions } from './connection.ts';
import type { ServerError, ServerMessage, StartPayload } from './protocol.ts';

/** The subscriptions of one connection, by the ids the client gave them. */
export interface Watches {
  start(id: string, payload: StartPayload): Promise<void>;
  stop(id: string): void;
  /** For good: what is being started meanwhile is stopped, too. */
  stopAll(): void;
}

interface WatchesOptions extends Pick<ConnectionOptions, 'api' | 'limits' | 'sourceIp'> {
  readonly send: (message: ServerMessage) => void;
}

export function createWatches(options: WatchesOptions): Watches {
  const { limits, send } = options;
  const stops = new Map<string, () => void>();
  let isOver = false;
  const drop = (id: string): void => {
    stops.get(id)?.();
    stops.delete(id);
  };
  const keep = (id: string, stop: () => void): void => {
    if (isOver) {
      stop();
      return;
    }
    stops.set(id, stop);
    send({ type: 'start_ack', id });
  };
  const refuse = (id: string, ...errors: readonly unknown[]): void =>
    send({ type: 'error', id, payload: { errors } });
  return {
    async start(id, payload) {
      const { subscriptionsPerConnection: most } = limits;
      if (stops.has(id)) return refuse(id, duplicate(id));
      if (stops.size >= most) return refuse(id, tooMany(most));
      try {
        keep(id, await watch(id, payload, { ...options, refuse, drop }));
      } catch (error) {
        if (error instanceof Refused) return refuse(id, ...error.errors);
        if (error instanceof Unauthorized) return refuse(id, describe(error));
        throw error;
      }
    },
    stop(id) {
      drop(id);
      send({ type: 'complete', id });
    },
    stopAll() {
      isOver = true;
      for (const id of [...stops.keys()]) drop(id);
    },
  };
}

interface Watching extends WatchesOptions {
  readonly refuse: (id: string, ...errors: readonly unknown[]) => void;
  readonly drop: (id: string) => void;
}

/** @returns what stops it. @throws Unauthorized or Refused */
async function watch(
  id: string,
  { data, authorization }: StartPayload,
  { api, sourceIp, send, refuse, drop }: Watching,
): Promise<() => void> {
  const caller = await api.identify(
    { method: 'POST', path: '/graphql', headers: authorization, body: Buffer.from(data) },
    sourceIp,
  );
  const headers = { ...authorization, 'x-forwarded-for': `${sourceIp}, ${sourceIp}` };
  const started = await api.subscribe(
    readRequest(data),
    { caller, facts: { headers, requestId: randomUUID() } },
    {
      deliver: (payload) => send({ type: 'data', id, payload }),
      end() {
        drop(id);
        send({ type: 'complete', id });
      },
    },
  );
  if (started.kind === 'REFUSED') throw new Refused(started.errors);
  const forget = endWithToken(caller, api.clock(), () => {
    drop(id);
    refuse(id, describe(new Unauthorized('Token has expired.')));
  });
  return () => {
    forget();
    started.stop();
  };
}

class Refused extends Error {
  readonly errors: readonly unknown[];

  constructor(errors: readonly unknown[]) {
    super('The subscription was refused.');
    this.errors = errors;
  }
}

function endWithToken({ endsAtMs }: AppSyncCaller, nowMs: number, end: () => void): () => void {
  return endsAtMs === undefined ? () => {} : after(endsAtMs - nowMs, end);
}

function readRequest(data: string): GraphQLRequest {
  try {
    const request = JSON.parse(data);
    if (typeof request?.query === 'string') return request;
  } catch {}
  throw new Refused([
    { errorType: 'BadRequestException', message: 'Expected payload.data to be a GraphQL request.' },
  ]);
}

const describe = ({ errorType, message }: Unauthorized): ServerError => ({
  errorType,
  message,
  errorCode: 401,
});

const duplicate = (id: string): ServerError => ({
  errorType: 'BadRequestException',
  message: `A subscription with the id ${id} is there already.`,
});

const tooMany = (most: number): ServerError => ({
  errorType: 'MaxSubscriptionsReachedError',
  message: `Max number of ${most} subscriptions reached`,
});
