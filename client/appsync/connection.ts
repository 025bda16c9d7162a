import type { AccessToken } from '#client/accessToken.ts';
import type { Pace } from '#client/pace.ts';
import { createTimers } from '#client/timers.ts';
import {
  type Authorization,
  INIT,
  type Message,
  protocolsOf,
  readMessage,
  type SocketImpl,
  type SocketLike,
  writeStart,
  writeStop,
} from './protocol.ts';

export interface ConnectionOptions {
  readonly realtimeUrl: string;
  readonly webSocketImpl: SocketImpl;
  readonly token: AccessToken;
  readonly pace: Pace;
  /** How long AppSync may take to acknowledge a connection or a subscription: milliseconds. */
  readonly subscribeTimeoutMs: number;
}

export interface ConnectionEvents {
  /** AppSync has taken it: subscriptions may start. */
  onReady(): void;
  /** What is said of a subscription, or against the connection. */
  onMessage(message: Message): void;
  onEnd(): void;
}

/** A connection that lasts this long served its purpose, even when nothing came over it. */
const LASTS_MS = 10_000;
/** How long a connection may be silent when AppSync doesn't say: milliseconds. It sends `ka` every minute. */
const SILENCE_MS = 300_000;

/** One socket, from its opening to its end. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #authorization: Authorization;
  readonly #events: ConnectionEvents;
  readonly #socket: SocketLike;
  readonly #timers = createTimers();
  /** The subscriptions that AppSync has not acknowledged. */
  readonly #unanswered = new Set<string>();
  #silenceMs: number;
  #isReady = false;
  #isOver = false;

  constructor(options: ConnectionOptions, authorization: Authorization, events: ConnectionEvents) {
    const { webSocketImpl: Socket, realtimeUrl, subscribeTimeoutMs } = options;
    this.#options = options;
    this.#authorization = authorization;
    this.#events = events;
    this.#silenceMs = subscribeTimeoutMs;
    this.#socket = new Socket(realtimeUrl, protocolsOf(authorization));
    this.#listen(this.#socket);
  }

  start(id: string, operation: { readonly query: string; readonly variables: object }): void {
    if (!this.#isReady) return;
    this.#unanswered.add(id);
    this.#restart('starts', this.#options.subscribeTimeoutMs, () => {
      if (this.#unanswered.size > 0) this.end('LOST');
    });
    this.#socket.send(writeStart(id, operation, this.#authorization));
  }

  stop(id: string): void {
    this.#unanswered.delete(id);
    if (this.#isReady) this.#socket.send(writeStop(id));
  }

  end(why: Parameters<Pace['ends']>[0]): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#timers.stopAll();
    const socket = this.#socket;
    // What comes over it is no longer heard; an error that nobody listens to would be thrown.
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.onerror = () => {};
    socket.close();
    this.#options.pace.ends(why);
    this.#events.onEnd();
  }

  #listen(socket: SocketLike): void {
    const lose = () => this.end('LOST');
    this.#restart('silence', this.#silenceMs, lose);
    socket.onopen = () => {
      this.#options.pace.enter('OPEN');
      socket.send(INIT);
    };
    socket.onmessage = ({ data }: { data: unknown }) => {
      const message = readMessage(data);
      if (message) this.#hear(message);
      if (!this.#isOver) this.#restart('silence', this.#silenceMs, lose);
    };
    socket.onerror = lose;
    socket.onclose = lose;
  }

  #hear(message: Message): void {
    const { type, id = '', payload = {} } = message;
    if (type === 'connection_ack') this.#acknowledge(payload);
    if (type === 'start_ack') this.#options.pace.enter('USED');
    if (type !== 'data') this.#unanswered.delete(id);
    this.#events.onMessage(message);
  }

  #acknowledge({ connectionTimeoutMs = SILENCE_MS }: NonNullable<Message['payload']>): void {
    const { pace, token } = this.#options;
    this.#isReady = true;
    this.#silenceMs = connectionTimeoutMs;
    this.#restart('lasts', LASTS_MS, pace.progresses);
    const renewalMs = token.renewalMs(undefined);
    if (renewalMs !== undefined) this.#restart('token', renewalMs, () => this.end('RESUMED'));
    this.#events.onReady();
  }

  #restart(name: string, ms: number, act: () => void): void {
    this.#timers.stop(name);
    this.#timers.start(name, ms, act);
  }
}
