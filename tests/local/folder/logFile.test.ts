import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type LogFileOptions, openLogFile } from '#local/folder/logFile.ts';
import { useFolders } from '#tests/support/folder.ts';
import { waitFor } from '#tests/support/waitFor.ts';

const makeFolder = useFolders();
const clock = () => Date.UTC(2026, 0, 31);

function open(options: Partial<LogFileOptions> = {}) {
  const folder = join(makeFolder(), 'logs');
  return { folder, ...openLogFile({ folder, clock, ...options }) };
}

const read = (folder: string, name = 'memopad.log') => readFileSync(join(folder, name), 'utf8');

test('one JSON line an entry, with its time', () => {
  const { folder, log, close } = open();
  log({ level: 'info', message: 'request', path: '줄\n바꿈' });
  log({ level: 'warn', message: 'other' });
  close();
  expect(
    read(folder)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { time: '2026-01-31T00:00:00.000Z', level: 'info', message: 'request', path: '줄\n바꿈' },
    { time: '2026-01-31T00:00:00.000Z', level: 'warn', message: 'other' },
  ]);
});

test('lines are written soon, without closing', async () => {
  const { folder, log } = open();
  log({ level: 'info', message: 'request' });
  await waitFor('the line', () => readdirSync(folder).includes('memopad.log') && read(folder));
});

test('lines are printed too, when asked for', () => {
  const printed: string[] = [];
  const { log } = open({ print: (line) => printed.push(line) });
  log({ level: 'info', message: 'request' });
  expect(printed).toEqual([
    '{"time":"2026-01-31T00:00:00.000Z","level":"info","message":"request"}',
  ]);
});

test('a full file makes way for a new one, and the last three are kept', () => {
  const folder = join(makeFolder(), 'logs');
  for (let number = 1; number <= 6; number += 1) {
    const { log, close } = openLogFile({ folder, clock, maxBytes: 50 });
    log({ level: 'info', message: `entry ${number}` });
    close();
  }
  expect(readdirSync(folder).sort()).toEqual(['memopad.1.log', 'memopad.2.log', 'memopad.3.log']);
  expect(read(folder, 'memopad.1.log')).toContain('entry 6');
  expect(read(folder, 'memopad.3.log')).toContain('entry 4');
});
