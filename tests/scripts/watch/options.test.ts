import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { UsageError } from '#scripts/commandLine.ts';
import { readOptions } from '#scripts/watch/options.ts';
import { useFolders } from '#tests/support/folder.ts';

const RUNNING = {
  federated: 'http://127.0.0.1:4000/graphql',
  socket: 'ws://127.0.0.1:4002/live',
  demo: { email: 'demo@memopad.example', password: 'words' },
};
const APPSYNC = {
  appsync: 'http://127.0.0.1:4003/graphql',
  appsyncRealtime: 'ws://127.0.0.1:4003/graphql/realtime',
};
const makeFolder = useFolders();

/** What the arguments mean beside a Memopad that says this of itself. */
function read(running: object, ...args: string[]) {
  const folder = makeFolder();
  writeFileSync(join(folder, 'endpoints.json'), JSON.stringify(running));
  return readOptions([...args, '--data-dir', folder]);
}

test('changes are watched at the socket, or through AppSync', async () => {
  const { door } = (await read(RUNNING)) as { door: { kind: string; url(): Promise<string> } };
  expect(door.kind).toBe('socket');
  expect(await door.url()).toBe(RUNNING.socket);
  expect(await read({ ...RUNNING, ...APPSYNC }, '--door', 'appsync')).toMatchObject({
    url: RUNNING.federated,
    door: { kind: 'appsync', url: APPSYNC.appsync, realtimeUrl: APPSYNC.appsyncRealtime },
  });
});

test.each([
  APPSYNC.appsyncRealtime,
  'wss://abc.appsync-realtime-api.ap-northeast-2.amazonaws.com/graphql',
])("AppSync's socket %s is told from our own before anything is tried", async (socket) => {
  const reading = readOptions(['--url', RUNNING.federated, '--socket', socket, '--token', 'a']);
  await expect(reading).rejects.toThrow(UsageError);
  await expect(reading).rejects.toThrow('`socket` in endpoints.json');
});

test('a door that is none, or is not there, is refused', async () => {
  await expect(read(RUNNING, '--door', 'back')).rejects.toThrow('socket or appsync, got back');
  await expect(read(RUNNING, '--door', 'appsync')).rejects.toThrow('this one has none');
});
