import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openDataFolder } from '#local/folder/dataFolder.ts';
import { writeEndpoints } from '#local/folder/endpoints.ts';
import { StartError } from '#local/startError.ts';
import { useFolders } from '#tests/support/folder.ts';

const makeFolder = useFolders();
const keep = { reset: false };
const reset = { reset: true };

const onLinux = process.platform === 'linux' ? test : test.skip;

describe('opening', () => {
  test('makes the folder, for our eyes only', () => {
    const path = join(makeFolder(), 'a', 'b');
    openDataFolder(path, keep).close();
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  test('what was saved is there the next time', () => {
    const path = makeFolder();
    const ports = { gateway: 1, auth: 2 };
    const folder = openDataFolder(path, keep);
    folder.saveSettings({ ports, seeded: true });
    expect(folder.settings).toEqual({ ports, seeded: true });
    folder.close();
    expect(openDataFolder(path, keep).settings).toEqual({ ports, seeded: true });
  });

  test('a second time at once is refused, with the process and the address of the first', () => {
    const path = makeFolder();
    const folder = openDataFolder(path, keep);
    writeEndpoints(folder.endpoints, { federated: 'http://127.0.0.1:4000/graphql' } as never);
    expect(() => openDataFolder(path, keep)).toThrow(
      `Memopad runs already with the data folder ${path}: process ${process.pid}, http://127.0.0.1:4000/graphql.`,
    );
  });

  test('a folder of something else is left alone', () => {
    const path = makeFolder();
    writeFileSync(join(path, 'thesis.txt'), 'ten years');
    const message = `Expected ${path} to be empty or a data folder of Memopad's, but it has thesis.txt in it and no memopad.json.`;
    expect(() => openDataFolder(path, keep)).toThrow(message);
    expect(() => openDataFolder(path, reset)).toThrow(message);
    expect(readdirSync(path)).toEqual(['thesis.txt']);
  });

  test.each(['logs', 'events', 'memopad.db', 'signing-key.json'])(
    'a folder of something else stays so with nothing but names of ours in it: %s',
    (name) => {
      const path = makeFolder();
      mkdirSync(join(path, name));
      writeFileSync(join(path, name, 'access.log'), 'ten years');
      for (const options of [keep, reset]) {
        expect(() => openDataFolder(path, options)).toThrow(`it has ${name} in it`);
      }
      expect(existsSync(join(path, name, 'access.log'))).toBe(true);
    },
  );

  test('a first start that was interrupted before it said whose the folder is', () => {
    const path = makeFolder();
    for (const name of ['memopad.lock', 'memopad.lock.123', 'memopad.json.tmp']) {
      writeFileSync(join(path, name), '');
    }
    expect(openDataFolder(path, keep).settings).toEqual({});
  });

  test('is made with the folders above it, for our eyes only', () => {
    const path = join(makeFolder(), 'a', 'b');
    openDataFolder(path, keep);
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  onLinux('below a folder that takes none it is refused in words', () => {
    const path = '/proc/memopad/pad';
    expect(() => openDataFolder(path, keep)).toThrow(`Expected to make the data folder ${path}: `);
  });

  test('a folder that can’t be written is refused in words', () => {
    const path = makeFolder();
    // Permissions stop no administrator; a folder in the way of the lock stops everybody.
    mkdirSync(join(path, `memopad.lock.${process.pid}`));
    const opening = () => openDataFolder(path, keep);
    expect(opening).toThrow(StartError);
    expect(opening).toThrow(`Expected to write into the data folder ${path}: EISDIR`);
  });

  test('a file in its place is refused in words', () => {
    const path = join(makeFolder(), 'file');
    writeFileSync(path, '');
    expect(() => openDataFolder(path, keep)).toThrow(`Expected to make the data folder ${path}: `);
  });

  test('what a newer Memopad wrote is left alone, and the lock is given back', () => {
    const path = makeFolder();
    writeFileSync(join(path, 'memopad.json'), '{"format":2}');
    expect(() => openDataFolder(path, keep)).toThrow('to have format 1, got 2');
    expect(readdirSync(path)).toEqual(['memopad.json']);
  });

  test('a broken memopad.json is refused with the way out', () => {
    const path = makeFolder();
    writeFileSync(join(path, 'memopad.json'), '{"for');
    expect(() => openDataFolder(path, keep)).toThrow('write {"format":1} into it');
  });

  test('the engine’s port, which former versions kept, is forgotten; the others are not', () => {
    const path = makeFolder();
    const ports = { gateway: 1, auth: 2 };
    const text = JSON.stringify({ format: 1, ports: { ...ports, engine: 3 }, seeded: true });
    writeFileSync(join(path, 'memopad.json'), text);
    expect(openDataFolder(path, keep).settings).toEqual({ ports, seeded: true });
  });

  test.each(['{"gateway":"4000"}', '{"gateway":4000,"auth":65536}', '{"gateway":0,"auth":4001}'])(
    'nonsense among the ports is forgotten: %s',
    (ports) => {
      const path = makeFolder();
      writeFileSync(join(path, 'memopad.json'), `{"format":1,"ports":${ports}}`);
      expect(openDataFolder(path, keep).settings).toEqual({});
    },
  );
});

describe('reset', () => {
  test('deletes what is ours and nothing else', () => {
    const path = makeFolder();
    const folder = openDataFolder(path, keep);
    folder.saveSettings({ seeded: true });
    for (const name of ['memopad.db', 'memopad.db-wal', 'signing-key.json', 'endpoints.json.tmp']) {
      writeFileSync(join(path, name), 'x');
    }
    mkdirSync(folder.logs);
    writeFileSync(join(path, 'my notes.txt'), 'x');
    folder.close();
    expect(openDataFolder(path, reset).settings).toEqual({});
    expect(readdirSync(path).sort()).toEqual(['memopad.json', 'memopad.lock', 'my notes.txt']);
  });

  test('deletes our logs, and none that others keep beside them', () => {
    const path = makeFolder();
    const { logs, close } = openDataFolder(path, keep);
    mkdirSync(logs);
    const ours = ['memopad.log', 'memopad.3.log', 'memopad-dev-gateway.1.log'];
    const theirs = ['access.log', 'memopad.log.gz', 'thesis.txt'];
    for (const name of [...ours, 'MemopadFederated-dev-ApiF70053CD.log', ...theirs]) {
      writeFileSync(join(logs, name), 'x');
    }
    close();
    openDataFolder(path, reset).close();
    expect(readdirSync(logs).sort()).toEqual(theirs);
    for (const name of theirs) rmSync(join(logs, name));
    openDataFolder(path, reset);
    expect(existsSync(logs)).toBe(false);
  });

  test('not while somebody uses it', () => {
    const path = makeFolder();
    const folder = openDataFolder(path, keep);
    writeFileSync(folder.database, 'x');
    expect(() => openDataFolder(path, reset)).toThrow('runs already');
    expect(existsSync(folder.database)).toBe(true);
  });

  test('of a folder that is not there is a first start', () => {
    const path = join(makeFolder(), 'new');
    expect(openDataFolder(path, reset).settings).toEqual({});
  });
});
