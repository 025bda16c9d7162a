import type { Client } from 'graphql-ws';

/** Answers of the service after which the same may succeed a moment later. */
const PASSING: readonly unknown[] = ['INTERNAL', 'RATE_LIMITED'];

/** The code of the first GraphQL error; undefined when these are none. */
export function codeOf(errors: unknown): unknown {
  return Array.isArray(errors) ? errors[0]?.extensions?.code : undefined;
}

/** Whether what ended a subscription is no last word: trying again may help. */
export function isPassing(problem: unknown): boolean {
  if (Array.isArray(problem)) return PASSING.includes(codeOf(problem));
  const { code } = (problem ?? {}) as { readonly code?: unknown };
  // Closed by what lies between (RFC 6455 section 7.4), or by a service that broke.
  return typeof code === 'number' && (code < 4000 || code === 4500);
}

/** What the service said instead of acknowledging the connection. */
export interface Refusal {
  /** Whether a new connection may be taken. */
  mayPass(): boolean;
  /** The service's words in place of graphql-ws's, which are about the protocol. */
  explain(problem: unknown): unknown;
  listen(client: Pick<Client, 'on'>): void;
}

/** API Gateway can close with no code but 1000, so the service refuses by a frame of the type `error`. */
export function createRefusal(): Refusal {
  let isOpening = false;
  let errors: unknown;
  return {
    mayPass: () => !errors || isPassing(errors),
    explain: (problem) => errors ?? problem,
    listen(client) {
      client.on('connecting', () => {
        isOpening = true;
        errors = undefined;
      });
      client.on('message', (message) => {
        if (isOpening && message.type === 'error') errors = message.payload;
      });
      client.on('connected', () => {
        isOpening = false;
      });
    },
  };
}
