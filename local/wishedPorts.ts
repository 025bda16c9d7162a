import type { KeptPorts } from './folder/settings.ts';

export interface PortWish {
  /** 0 stands for any free one. */
  readonly port: number;
  /** Whether another port does as well when this one is taken. */
  readonly orFree: boolean;
}

const DEFAULT_GATEWAY_PORT = 4000;

export interface PortsAskedFor {
  /** The flag `--port`. */
  readonly port: number | undefined;
  /** Those of the last start. */
  readonly last: KeptPorts | undefined;
  /** Whether tokens of the last start need not be good any more: `--memory`. */
  readonly forgetful: boolean;
}

/**
 * Which ports to try. The gateway's is as asked for, so that nobody talks to another service by
 * mistake. The auth service's stays once it is chosen: it is part of the issuer, and so of every
 * token; it stands behind the gateway's, where that is free, the socket's behind both, and AppSync's
 * behind all. Clients that are connected come back to the last two, so that they stay, too.
 */
export function wishPorts({ port, last, forgetful }: PortsAskedFor): {
  readonly gateway: PortWish;
  readonly auth: PortWish;
  readonly socket: PortWish;
  readonly appsync: PortWish;
} {
  const anyPort = port === 0;
  const first = port ?? last?.gateway ?? DEFAULT_GATEWAY_PORT;
  const behind = (places: number): number => (anyPort ? 0 : (first + places) % 65_536);
  return {
    gateway: { port: anyPort ? (last?.gateway ?? 0) : first, orFree: anyPort },
    auth: { port: last?.auth ?? behind(1), orFree: forgetful || !last },
    socket: { port: last?.socket ?? behind(2), orFree: forgetful || !last?.socket },
    appsync: { port: last?.appsync ?? behind(3), orFree: forgetful || !last?.appsync },
  };
}
