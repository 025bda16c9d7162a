import type { SignedClient } from '#aws/signedClient.ts';
import { PlainError } from '#domain/errors.ts';

/**
 * The open sockets, reached through the management API of API Gateway.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
 */
export interface Connections {
  /** Sends one text frame. @throws ConnectionGone, or PostFailed when it may or may not have gone out. */
  post(connectionId: string, text: string): Promise<void>;
  /** Closes the connection, always with code 1000; one that is gone already is fine. @throws PostFailed */
  close(connectionId: string): Promise<void>;
}

/** Nobody is at the other end any more (410 GoneException). */
export class ConnectionGone extends PlainError {}

/** The management API refused or did not answer. */
export class PostFailed extends PlainError {}

export interface ConnectionsOptions {
  /** Of the service `execute-api`, at the management endpoint's origin. */
  readonly client: SignedClient;
  /** The path of the stage: `/live`; empty when the endpoint has none. */
  readonly stagePath: string;
}

const OK = 200;
const NO_CONTENT = 204;
const GONE = 410;

/** Reaches sockets over HTTP, signed. */
export function createConnections({ client, stagePath }: ConnectionsOptions): Connections {
  const ask = async (method: 'POST' | 'DELETE', connectionId: string, body: string) => {
    const path = `${stagePath}/@connections/${encodeURIComponent(connectionId)}`;
    const { status } = await client(path, body, HEADERS, method).catch((cause: unknown) => {
      throw new PostFailed('Expected the management API to answer.', { cause });
    });
    return status;
  };
  return {
    async post(connectionId, text) {
      const status = await ask('POST', connectionId, text);
      if (status === OK) return;
      if (status === GONE) throw new ConnectionGone('Expected an open connection.');
      throw new PostFailed(`Expected the management API to take a post, got status ${status}.`);
    },
    async close(connectionId) {
      const status = await ask('DELETE', connectionId, '');
      if (status === NO_CONTENT || status === OK || status === GONE) return;
      throw new PostFailed(`Expected the management API to close, got status ${status}.`);
    },
  };
}

const HEADERS = { 'content-type': 'application/json' };
