import { afterEach } from '@jest/globals';
import { WebSocket } from 'ws';
import {
  type AppSyncClient,
  type AppSyncClientOptions,
  createAppSyncClient,
} from '#client/appsync/createAppSyncClient.ts';
import type { SocketImpl } from '#client/appsync/protocol.ts';

/** Makes clients that don't wait for nothing, and disposes of them after each test of the file. */
export function useAppSyncClients() {
  const clients: AppSyncClient[] = [];
  afterEach(() => {
    for (const client of clients.splice(0)) void client.dispose();
  });
  return (url: string, options: Partial<AppSyncClientOptions> = {}): AppSyncClient => {
    const client = createAppSyncClient({
      ...{ url, getAccessToken: () => 'token', random: () => 0, checkMs: 0 },
      webSocketImpl: WebSocket as unknown as SocketImpl,
      ...options,
    });
    clients.push(client);
    return client;
  };
}
