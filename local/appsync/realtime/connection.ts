import type { RunningApi } from '#local/appsync/api.ts';
import { type AppSyncCaller, Unauthorized } from '#local/appsync/auth/caller.ts';
import { after } from './after.ts';
import type { RealtimeLimits } from './limits.ts';
import { type ClientMessage, readMessage, type ServerMessage } from './protocol.ts';
import { createWatches, type Watches } from './watches.ts';

/** What a connection needs of a WebSocket. */
export interface Wire {
  send(text: string): void;
  close(code: number, reason: string): void;
}

export interface ConnectionOptions {
  readonly api: RunningApi;
  readonly wire: Wire;
  /** Who connects. Rejects with Unauthorized. */
  readonly caller: Promise<AppSyncCaller>;
  readonly sourceIp: string;
  readonly limits: RealtimeLimits;
}

/** One client. */
export interface Connection {
  /** Has a message acted on, after those before it. */
  receive(text: string): void;
  /** The WebSocket is closed. */
  closed(): void;
}

const NORMAL = 1000;
const POLICY = 1008;

export function createConnection(options: ConnectionOptions): Connection {
  const { wire, api, limits } = options;
  const send = (message: ServerMessage): void => wire.send(JSON.stringify(message));
  const watches = createWatches({ ...options, send });
  const timers = createTimers();
  timers.keep(after(limits.connectionMs, () => wire.close(NORMAL, 'Connection expired')));
  // What a message leads to may take a while, and the next one may be about it.
  let turn = Promise.resolve();
  const act = createActor(options, { send, watches, timers });
  return {
    receive(text) {
      turn = turn
        .then(() => act(text))
        .catch((error: unknown) => {
          api.log({ level: 'error', message: 'connection failed', error: String(error) });
          wire.close(1011, 'Internal error');
        });
    },
    closed() {
      timers.stopAll();
      watches.stopAll();
    },
  };
}

interface Timers {
  /** @param stop ends a timer; called at once when all others have been */
  keep(stop: () => void): void;
  stopAll(): void;
}

function createTimers(): Timers {
  const stops: (() => void)[] = [];
  let isOver = false;
  return {
    keep(stop) {
      if (isOver) stop();
      else stops.push(stop);
    },
    stopAll() {
      isOver = true;
      for (const stop of stops.splice(0)) stop();
    },
  };
}

interface Parts {
  readonly send: (message: ServerMessage) => void;
  readonly watches: Watches;
  readonly timers: Timers;
}

function createActor(
  { api, wire, caller, limits }: ConnectionOptions,
  { send, watches, timers }: Parts,
): (text: string) => Promise<void> {
  // Nobody may look for a while.
  caller.catch(() => {});
  const acknowledge = ({ endsAtMs }: AppSyncCaller): void => {
    const { connectionTimeoutMs, keepAliveMs } = limits;
    send({ type: 'connection_ack', payload: { connectionTimeoutMs } });
    send({ type: 'ka' });
    const beating = setInterval(() => send({ type: 'ka' }), keepAliveMs);
    timers.keep(() => clearInterval(beating));
    if (endsAtMs === undefined) return;
    timers.keep(
      after(endsAtMs - api.clock(), () => {
        send({ type: 'error', payload: { errors: [TOKEN_ENDED] } });
        wire.close(POLICY, 'Token has expired.');
      }),
    );
  };
  const answer = async (message: ClientMessage): Promise<void> => {
    switch (message.type) {
      case 'connection_init':
        return acknowledge(await caller);
      case 'start':
        return watches.start(message.id, message.payload);
      case 'stop':
        return watches.stop(message.id);
    }
  };
  return async (text) => {
    try {
      // Before anything else: a stranger's message isn't even read.
      await caller;
      await answer(readMessage(text));
    } catch (error) {
      if (error instanceof SyntaxError) return send(malformed(error));
      if (!(error instanceof Unauthorized)) throw error;
      send({ type: 'connection_error', payload: { errors: [describeUnauthorized(error)] } });
      wire.close(POLICY, 'Unauthorized');
    }
  };
}

/** As clients of AWS's expect it: with this code they don't try again. */
export function describeUnauthorized({ errorType, message }: Unauthorized) {
  return { errorType, message, errorCode: 401 };
}

const TOKEN_ENDED = describeUnauthorized(new Unauthorized('Token has expired.'));

const malformed = ({ message }: SyntaxError): ServerMessage => ({
  type: 'error',
  payload: { errors: [{ errorType: 'UnsupportedOperation', message }] },
});
