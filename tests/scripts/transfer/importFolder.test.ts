import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Api, connect } from '#scripts/transfer/api.ts';
import { exportPad } from '#scripts/transfer/exportPad.ts';
import { importFolder } from '#scripts/transfer/importFolder.ts';
import { listMemos, type RemoteMemo, readViewerId } from '#scripts/transfer/operations.ts';
import type { RunningDoor } from '#tests/contract/door.ts';
import { federatedDoor } from '#tests/contract/federatedDoor.ts';

const EMAIL = 'importer@memopad.example';
const PASSWORD = 'a long enough password';
const SIGN_UP = 'mutation ($input: SignUpInput!) { signUp(input: $input) { user { id } } }';
const CREATE_PAD = 'mutation { createPad(name: "Imported") { id } }';

let door: RunningDoor;
let api: Api;
let padId: string;
let home: string;

beforeAll(async () => {
  door = await federatedDoor({ name: 'federated', subgraphs: 'in-process' }).start();
  const input = { email: EMAIL, password: PASSWORD, displayName: 'Importer' };
  await door.execute(SIGN_UP, { variables: { input } });
  api = await connect(door.url, { email: EMAIL, password: PASSWORD });
  home = await mkdtemp(join(tmpdir(), 'memopad-import-'));
});
afterAll(async () => {
  await rm(home, { recursive: true });
  await door.stop();
});
beforeEach(async () => {
  padId = (await api<{ createPad: { id: string } }>(CREATE_PAD)).createPad.id;
});

test('every Markdown file becomes a memo, and a second run changes nothing', async () => {
  const folder = await makeFolder({
    'plan.md': '# 여행 계획\r\n- [ ] 표 사기\r\n',
    'food/soup.markdown': '---\ntags: [recipe]\ndate: 2020-01-02\n---\nHot.\n',
    'food/.hidden.md': 'hidden',
    'food/list.txt': 'not Markdown',
  });
  expect(await run(folder)).toEqual({ counts: { created: 2 }, failures: [] });
  const memos = await listMemos(api, padId);
  expect(memos.map(({ title, tags }) => ({ title, tags }))).toEqual(
    expect.arrayContaining([
      { title: '여행 계획', tags: [] },
      { title: 'soup', tags: ['recipe', 'food'] },
    ]),
  );
  expect(memos.map(({ createdAt }) => createdAt)).toContain('2020-01-02T00:00:00.000Z');
  expect(await run(folder)).toEqual({ counts: { unchanged: 2 }, failures: [] });
  expect((await listMemos(api, padId)).map(({ version }) => version)).toEqual([1, 1]);
});

test('an edited file updates its memo', async () => {
  const folder = await makeFolder({ 'a.md': 'one', 'b.md': 'two' });
  await run(folder);
  await writeFile(join(folder, 'a.md'), '# One\n');
  expect(await run(folder)).toEqual({ counts: { updated: 1, unchanged: 1 }, failures: [] });
  const [newest] = await listMemos(api, padId);
  expect(newest).toMatchObject({ title: 'One', version: 2 });
});

test('a memo that was changed in Memopad since is kept, whatever the file says of its age', async () => {
  const folder = await makeFolder({ 'a.md': 'one' });
  await run(folder);
  const [memo] = await listMemos(api, padId);
  await update({ id: memo!.id, body: 'an hour of work' });
  await utimes(join(folder, 'a.md'), Date.now() / 1000 + 60, Date.now() / 1000 + 60);
  expect(await run(folder)).toEqual({ counts: { 'kept as it is in Memopad': 1 }, failures: [] });
  await writeFile(join(folder, 'a.md'), 'an hour of work');
  expect(await run(folder)).toEqual({ counts: { unchanged: 1 }, failures: [] });
  await writeFile(join(folder, 'a.md'), 'and more');
  expect(await run(folder)).toEqual({ counts: { updated: 1 }, failures: [] });
});

test('another folder of the same name overwrites nothing', async () => {
  await run(await makeFolder({ 'a.md': 'of the first' }));
  const other = join(home, 'other', `folder-${padId}`);
  await mkdir(other, { recursive: true });
  await writeFile(join(other, 'a.md'), 'of the second');
  expect(await run(other)).toEqual({ counts: { 'kept as it is in Memopad': 1 }, failures: [] });
});

test('memos in the trash and purged ones are skipped and counted', async () => {
  const folder = await makeFolder({ 'a.md': 'one', 'b.md': 'two' });
  await run(folder);
  const [first, second] = await listMemos(api, padId);
  await api('mutation ($id: ID!) { trashMemo(id: $id) { id } }', { id: first?.id });
  await api('mutation ($id: ID!) { purgeMemo(id: $id) }', { id: second?.id });
  expect(await run(folder)).toEqual({
    counts: { 'in the trash': 1, 'purged before': 1 },
    failures: [],
  });
});

test('a file that cannot be a memo is reported with its reason, and the others are imported', async () => {
  const folder = await makeFolder({
    'a good.md': 'fine',
    'bell.md': 'a\u0007b',
    'latin.md': Buffer.from([0x63, 0x61, 0x66, 0xe9]),
    'long.md': 'x'.repeat(100_001),
    'longer.md': 'x'.repeat(400_000),
  });
  const { counts, failures } = await run(folder);
  expect(counts).toEqual({ created: 1 });
  expect(failures).toEqual([
    { path: 'bell.md', reason: expect.stringMatching(/control character/i) },
    { path: 'latin.md', reason: 'expected UTF-8 text, got other bytes' },
    { path: 'long.md', reason: expect.stringMatching(/100.?000/) },
    { path: 'longer.md', reason: 'expected at most 300000 bytes, got 400000' },
  ]);
});

test('an export has the very bytes that were imported, and importing it changes nothing', async () => {
  const files = {
    'bom.md': '\uFEFF# Mark\r\nline\r\n',
    '서울/combining.md': 'cafe\u0301 👨‍👩‍👧\n',
    'empty.md': '',
    'same title.md': '# Mark',
  };
  const folder = await makeFolder(files);
  await run(folder);
  const target = join(home, `export-${padId}`);
  const startProgress = () => ({ advance: () => {}, stop: () => {} });
  expect(await exportPad({ api, folder: target, padId, startProgress })).toBe(4);
  const names = (await readdir(target)).filter((name) => name.endsWith('.md'));
  const bodies = await Promise.all(names.map((name) => readFile(join(target, name), 'utf8')));
  expect(bodies.sort()).toEqual(Object.values(files).sort());
  expect(await run(target)).toEqual({ counts: { unchanged: 4 }, failures: [] });
  await expect(exportPad({ api, folder: target, padId, startProgress })).rejects.toThrow(
    /empty folder/,
  );
});

test('a refused token ends the import with its reason', async () => {
  const folder = await makeFolder({ 'a.md': 'one' });
  const stranger = await connect(door.url, { token: 'no-token' });
  const startProgress = () => ({ advance: () => {}, stop: () => {} });
  await expect(importFolder({ api: stranger, folder, padId, startProgress })).rejects.toMatchObject(
    {
      code: 'UNAUTHENTICATED',
    },
  );
});

test('the personal pad is the one of the viewer', async () => {
  expect(await readViewerId(api)).toMatch(/^[0-9A-Z]{26}$/);
});

async function makeFolder(files: Record<string, string | Buffer>): Promise<string> {
  const folder = join(home, `folder-${padId}`);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

async function run(folder: string) {
  const startProgress = () => ({ advance: () => {}, stop: () => {} });
  const { counts, failures } = await importFolder({ api, folder, padId, startProgress });
  return { counts: Object.fromEntries(counts), failures };
}

async function update(input: Partial<RemoteMemo>): Promise<void> {
  await api('mutation ($input: UpdateMemoInput!) { updateMemo(input: $input) { id } }', { input });
}
