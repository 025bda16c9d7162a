import type { AccessToken } from '#client/accessToken.ts';
import type { AnswerError } from '#client/appsyncAnswer.ts';
import type { Pace } from '#client/pace.ts';
import { refusalOf } from './errors.ts';
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

/** A subscription on the line. */
export interface Operation {
  /** What is sent, at each start anew. */
  start(): { readonly query: string; readonly variables: object };
  /** AppSync has taken it: from about now on it tells what is published. */
  onStarted(): void;
  onData(payload: NonNullable<Message['payload']>): void;
  /** The connection is gone; it is started again on the next. */
  onLost(): void;
  /** It is no longer on the line: refused, or without errors ended by AppSync. */
  onEnd(errors: readonly AnswerError[]): void;
}

/** The one connection of a client. It is there while there are operations on it, and comes back when it is lost. */
export interface Line {
  /** @returns what takes it off the line */
  add(operation: Operation): () => void;
  /** Makes the connection anew, with the next token. */
  renew(): void;
  /** The token of the connection; a new one when there is none. */
  token(): Promise<string>;
}

export interface LineOptions {
  readonly realtimeUrl: string;
  /** The host of the API. */
  readonly host: string;
  readonly webSocketImpl: SocketImpl;
  readonly token: AccessToken;
  readonly pace: Pace;
  /** How long AppSync may take to acknowledge a connection or a subscription: milliseconds. */
  readonly subscribeTimeoutMs: number;
}

/** A connection that lasts this long served its purpose, even when nothing came over it. */
const LASTS_MS = 10_000;
/** How long a connection may be silent when AppSync doesn't say: milliseconds. It sends `ka` every minute. */
const SILENCE_MS = 300_000;

type Timer = 'silence' | 'starts' | 'lasts' | 'token';

export function createLine(options: LineOptions): Line {
  return new Connection(options);
}

class Connection implements Line {
  readonly #options: LineOptions;
  readonly #operations = new Map<string, Operation>();
  /** The subscriptions that AppSync has not acknowledged. */
  readonly #unanswered = new Set<string>();
  readonly #timers = new Map<Timer, ReturnType<typeof setTimeout>>();
  #authorization: Authorization | undefined;
  #socket: SocketLike | undefined;
  #isOpening = false;
  /** Whether AppSync has taken the connection. */
  #isReady = false;
  #silenceMs = SILENCE_MS;
  #count = 0;

  constructor(options: LineOptions) {
    this.#options = options;
  }

  add(operation: Operation): () => void {
    this.#count += 1;
    const id = String(this.#count);
    this.#operations.set(id, operation);
    this.#begin(id, operation);
    void this.#connect();
    return () => {
      if (!this.#operations.delete(id)) return;
      this.#unanswered.delete(id);
      if (this.#isReady) this.#socket?.send(writeStop(id));
      if (this.#operations.size === 0) this.#drop('WANTED');
    };
  }

  renew(): void {
    this.#drop('RESUMED');
  }

  async token(): Promise<string> {
    return (this.#authorization ?? (await this.#authorize())).Authorization;
  }

  async #authorize(): Promise<Authorization> {
    const { token, host } = this.#options;
    const { authorization: bearer = '' } = (await token.parameters()) ?? {};
    this.#authorization = { host, Authorization: bearer.replace(/^Bearer /, '') };
    return this.#authorization;
  }

  async #connect(): Promise<void> {
    if (this.#isOpening || this.#socket) return;
    const { pace } = this.#options;
    this.#isOpening = true;
    while (!this.#socket && this.#operations.size > 0) {
      await pace.wait();
      pace.enter('STARTED');
      try {
        this.#open(await this.#authorize());
      } catch {
        pace.ends('LOST');
      }
    }
    this.#isOpening = false;
  }

  #open(authorization: Authorization): void {
    const { webSocketImpl: Socket, realtimeUrl, pace, subscribeTimeoutMs } = this.#options;
    const socket = new Socket(realtimeUrl, protocolsOf(authorization));
    const lose = () => this.#drop('LOST');
    this.#socket = socket;
    this.#silenceMs = subscribeTimeoutMs;
    this.#setTimer('silence', this.#silenceMs, lose);
    socket.onopen = () => {
      pace.enter('OPEN');
      socket.send(INIT);
    };
    socket.onmessage = ({ data }: { data: unknown }) => {
      const message = readMessage(data);
      if (message) this.#hear(message);
      if (this.#socket === socket) this.#setTimer('silence', this.#silenceMs, lose);
    };
    socket.onerror = lose;
    socket.onclose = lose;
    // Nobody may want it any more by now.
    if (this.#operations.size === 0) this.#drop('WANTED');
  }

  #drop(why: Parameters<Pace['ends']>[0]): void {
    const socket = this.#socket;
    if (!socket) return;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    // What comes over it is no longer heard; an error that nobody listens to would be thrown.
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.onerror = () => {};
    socket.close();
    this.#socket = undefined;
    this.#authorization = undefined;
    this.#isReady = false;
    this.#unanswered.clear();
    this.#options.pace.ends(why);
    for (const operation of this.#operations.values()) operation.onLost();
    void this.#connect();
  }

  #begin(id: string, operation: Operation): void {
    const authorization = this.#authorization;
    if (!this.#isReady || !authorization) return;
    this.#unanswered.add(id);
    this.#setTimer('starts', this.#options.subscribeTimeoutMs, () => {
      if (this.#unanswered.size > 0) this.#drop('LOST');
    });
    this.#socket?.send(writeStart(id, operation.start(), authorization));
  }

  #hear({ type, id = '', payload = {} }: Message): void {
    if (type === 'connection_ack') this.#acknowledge(payload);
    else if (type === 'start_ack') {
      this.#options.pace.enter('USED');
      this.#unanswered.delete(id);
      this.#operations.get(id)?.onStarted();
    } else if (type === 'data') this.#operations.get(id)?.onData(payload);
    else if (type === 'complete') this.#end(id, []);
    else if (type === 'error' || type === 'connection_error') this.#refuse(id, payload);
  }

  #acknowledge({ connectionTimeoutMs }: NonNullable<Message['payload']>): void {
    const { pace, token } = this.#options;
    this.#isReady = true;
    this.#silenceMs = connectionTimeoutMs ?? SILENCE_MS;
    this.#setTimer('lasts', LASTS_MS, pace.progresses);
    const renewalMs = token.renewalMs(undefined);
    if (renewalMs !== undefined) this.#setTimer('token', renewalMs, () => this.#drop('RESUMED'));
    for (const [id, operation] of this.#operations) this.#begin(id, operation);
  }

  /** One subscription, or the whole connection. */
  #refuse(id: string, payload: NonNullable<Message['payload']>): void {
    const errors = refusalOf(payload);
    if (this.#operations.has(id)) {
      this.#end(id, errors);
      return;
    }
    if (id) return;
    for (const own of [...this.#operations.keys()]) this.#end(own, errors);
    this.#drop('REFUSED');
  }

  #end(id: string, errors: readonly AnswerError[]): void {
    const operation = this.#operations.get(id);
    this.#operations.delete(id);
    this.#unanswered.delete(id);
    operation?.onEnd(errors);
  }

  #setTimer(name: Timer, ms: number, act: () => void): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.set(name, setTimeout(act, ms));
  }
}
