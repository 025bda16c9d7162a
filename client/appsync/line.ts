import type { AnswerError } from '#client/appsyncAnswer.ts';
import { Connection, type ConnectionOptions } from './connection.ts';
import { refusalOf } from './errors.ts';
import type { Authorization, Message } from './protocol.ts';

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

export interface LineOptions extends ConnectionOptions {
  /** The host of the API. */
  readonly host: string;
}

export function createLine(options: LineOptions): Line {
  return new LineOverConnections(options);
}

class LineOverConnections implements Line {
  readonly #options: LineOptions;
  readonly #operations = new Map<string, Operation>();
  #authorization: Authorization | undefined;
  #connection: Connection | undefined;
  #isOpening = false;
  #count = 0;

  constructor(options: LineOptions) {
    this.#options = options;
  }

  add(operation: Operation): () => void {
    this.#count += 1;
    const id = String(this.#count);
    this.#operations.set(id, operation);
    this.#connection?.start(id, operation.start());
    void this.#connect();
    return () => {
      if (!this.#operations.delete(id)) return;
      this.#connection?.stop(id);
      if (this.#operations.size === 0) this.#connection?.end('WANTED');
    };
  }

  renew(): void {
    this.#connection?.end('RESUMED');
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
    if (this.#isOpening || this.#connection) return;
    const { pace } = this.#options;
    this.#isOpening = true;
    while (!this.#connection && this.#operations.size > 0) {
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
    this.#connection = new Connection(this.#options, authorization, {
      onReady: () => {
        for (const [id, operation] of this.#operations) {
          this.#connection?.start(id, operation.start());
        }
      },
      onMessage: (message) => this.#hear(message),
      onEnd: () => {
        this.#connection = undefined;
        this.#authorization = undefined;
        for (const operation of this.#operations.values()) operation.onLost();
        void this.#connect();
      },
    });
    // Nobody may want it any more by now.
    if (this.#operations.size === 0) this.#connection.end('WANTED');
  }

  #hear({ type, id = '', payload = {} }: Message): void {
    if (type === 'start_ack') this.#operations.get(id)?.onStarted();
    else if (type === 'data') this.#operations.get(id)?.onData(payload);
    else if (type === 'complete') this.#end(id, []);
    else if (type === 'error' || type === 'connection_error') this.#refuse(id, payload);
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
    this.#connection?.end('REFUSED');
  }

  #end(id: string, errors: readonly AnswerError[]): void {
    const operation = this.#operations.get(id);
    this.#operations.delete(id);
    operation?.onEnd(errors);
  }
}
