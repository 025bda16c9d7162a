import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { LogEntry } from '#domain/log.ts';
import { createSandbox } from '#local/appsync/sandbox/sandbox.ts';
import { createSources } from '#local/cloud/plan/sources.ts';
import { bundleCodeAndMaps } from '#scripts/resolvers/bundleCode.js';
import { useFolders } from '#tests/support/folder.ts';

const makeFolder = useFolders();
const FILE = 'Query.me.none.ts';
const SHARED = `type Told = { readonly a: { readonly b: string } };

/** Types are gone in the bundle, and this comment. */
export function read(told: Told): string {
  console.log('reading');
  return told.a.b;
}
`;
const RESOLVER = `import { read } from './shared.ts';
export const request = (ctx) => read(ctx.args);
export const response = () => null;
`;

test('what a bundled resolver logs and fails at is told by its source', async () => {
  const folder = makeFolder();
  writeFileSync(join(folder, 'shared.ts'), SHARED);
  writeFileSync(join(folder, FILE), RESOLVER);
  const { code, maps } = await bundleCodeAndMaps(folder, [FILE]);
  const text = code.get(FILE) ?? '';
  const file = join(folder, 'code.js');
  writeFileSync(`${file}.map`, maps.get(FILE) ?? '');
  const sources = createSources();
  sources.add(new Map([[text, file]]));
  const logged: LogEntry[] = [];
  const sandbox = createSandbox({
    clock: Date.now,
    randomBytes: (length) => new Uint8Array(length),
    log: (entry) => logged.push(entry),
    findSource: sources.find,
  });
  const { error } = sandbox.load(text).run('request', { arguments: {}, stash: {} }, '');
  expect(error?.source).toMatch(/shared\.ts:6:\d+$/);
  expect(logged).toMatchObject([{ source: expect.stringMatching(/shared\.ts:5:\d+$/) }]);
});

test('a code without a map, or of another place, has no source', () => {
  const sources = createSources();
  sources.add(new Map([['known', join(makeFolder(), 'code.js')]]));
  expect(sources.find('known', { line: 1, column: 1 })).toBeUndefined();
  expect(sources.find('another', { line: 1, column: 1 })).toBeUndefined();
});
