import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, jest, test } from '@jest/globals';
import { keepResolvers } from '#scripts/dev/resolvers.js';
import type { Resolvers } from '#scripts/resolvers/readResolvers.js';
import { useFolders } from '#tests/support/folder.ts';

const makeFolder = useFolders();
let folder: string;
let happened: string[];
let code: Record<string, string>;

/** Resolvers of the fields in `code`, each with the code given. */
async function read(): Promise<Resolvers> {
  if (code.broken) throw new Error(code.broken);
  const resolvers = Object.entries(code).map(([fieldName, text]) => ({
    typeName: 'Query',
    fieldName,
    kind: 'UNIT' as const,
    dataSource: 'none' as const,
    code: text,
  }));
  return { resolvers, functions: {} };
}

beforeEach(() => {
  folder = makeFolder();
  happened = [];
  code = { a: '// a', b: '// b' };
});

const keep = () =>
  keepResolvers({
    folder,
    read,
    onBuilt: (files) => happened.push(`built ${files.join(' ')}`),
    onRewired: () => happened.push('rewired'),
    onBroken: () => happened.push('broken'),
    onMended: () => happened.push('mended'),
  });

test('an edit of code, and of what it imports, is told with the files that it changes', async () => {
  const resolvers = keep();
  await resolvers.rebuild();
  happened = [];
  code.a = '// a, edited';
  await resolvers.edited(['domain/memo/limits.ts']);
  expect(happened).toEqual(['built Query.a.js']);
  expect(readFileSync(join(folder, 'Query.a.js'), 'utf8')).toBe('// a, edited');
  await resolvers.edited(['resolvers/Query.a.none.ts']);
  expect(happened).toHaveLength(1);
});

test('an edit elsewhere is none of theirs', async () => {
  const resolvers = keep();
  code.a = '// a, edited';
  await resolvers.edited(['live/stream/drain.ts', 'schema/memo.graphql']);
  expect(happened).toEqual([]);
});

test('another resolver and another schema make other templates', async () => {
  const resolvers = keep();
  await resolvers.rebuild();
  happened = [];
  code.c = '// c';
  await resolvers.edited(['resolvers/Query.c.none.ts']);
  await resolvers.edited(['schema/generated/appsync.graphql']);
  expect(happened).toEqual(['rewired', 'rewired']);
});

test('an edit that breaks them changes nothing, and the next one may mend them', async () => {
  const told = jest.spyOn(console, 'error').mockImplementation(() => {});
  const resolvers = keep();
  await resolvers.rebuild();
  happened = [];
  code.broken = 'Query.a: throw';
  await resolvers.edited(['resolvers/Query.a.none.ts']);
  code = { a: '// a', b: '// b, mended' };
  await resolvers.edited(['resolvers/Query.b.none.ts']);
  expect(happened).toEqual(['broken', 'mended', 'built Query.b.js']);
  expect(told.mock.calls).toEqual([['Query.a: throw']]);
});

test('an edit that is undone is told as mended, once', async () => {
  jest.spyOn(console, 'error').mockImplementation(() => {});
  const resolvers = keep();
  await resolvers.rebuild();
  happened = [];
  code.broken = 'Expected resolvers/<Type>.<field>.<dataSource>.ts';
  await resolvers.edited(['resolvers/wrong.ts']);
  delete code.broken;
  await resolvers.edited(['resolvers/wrong.ts']);
  await resolvers.edited(['resolvers/wrong.ts']);
  expect(happened).toEqual(['broken', 'mended']);
});
