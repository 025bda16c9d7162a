import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { checkFields } from '#scripts/resolvers/checkFields.js';
import { type Resolvers, readResolvers } from '#scripts/resolvers/readResolvers.js';

const HANDLERS = 'export const request = () => ({}); export const response = () => 1;';
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Reads a folder with these files; a text of null stands for handlers that do nothing. */
async function read(files: Readonly<Record<string, string | null>>): Promise<Resolvers> {
  const folder = mkdtempSync(join(tmpdir(), 'memopad-resolvers-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text ?? HANDLERS);
  }
  return readResolvers(folder);
}

describe('a file', () => {
  test('is the field that its name says, by the data source that its name says', async () => {
    const { resolvers } = await read({ 'Query.memo.memoTable.ts': null });
    expect(resolvers).toEqual([
      {
        typeName: 'Query',
        fieldName: 'memo',
        kind: 'UNIT',
        dataSource: 'memoTable',
        code: expect.stringContaining('request'),
        map: expect.stringContaining('mappings'),
      },
    ]);
  });

  test('is bundled with what it imports, but for what AppSync brings', async () => {
    const { resolvers } = await read({
      'Query.me.auth.ts': `
        import { util } from '@aws-appsync/utils';
        import { SIZE, unused } from './shared/size.ts';
        export const request = (ctx: { args: { id?: string } }) => ({ payload: ctx.args?.id ?? SIZE });
        export const response = () => util.error('no', 'INTERNAL');`,
      'shared/size.ts': 'export const SIZE: number = 1_000; export const unused = 2;',
    });
    const code = resolvers[0]?.code;
    expect(code).toContain('import { util } from "@aws-appsync/utils"');
    expect(code).toContain('ctx.args?.id ?? SIZE');
    expect(code).toContain('SIZE = 1e3');
    expect(code).not.toContain('unused');
  });

  test('whose calls wait for each other says how many at most', async () => {
    const { resolvers } = await read({
      'PadMember.user.users.ts': null,
      'Invite.url.none.ts': null,
    });
    expect(resolvers).toMatchObject([
      { fieldName: 'url' },
      { fieldName: 'user', maxBatchSize: 100 },
    ]);
    expect(resolvers[0]).not.toHaveProperty('maxBatchSize');
  });

  test('is refused with what APPSYNC_JS does not know, whatever imported it', async () => {
    const reading = read({
      'Query.me.auth.ts': `import { now } from './shared/now.ts'; export const request = () => now(); export const response = request;`,
      'shared/now.ts': `export const now = () => { if (Date.now() < 0) throw 'no'; return 1; };`,
    });
    await expect(reading).rejects.toThrow(
      /shared\/now\.ts:1:32, in the bundle of Query\.me\.auth\.ts: global Date \(use util\.time\)/,
    );
    await expect(reading).rejects.toThrow(/throw \(use util\.error\)/);
  });

  test.each([
    ['Query.memo.ts', /Expected resolvers\/<Type>\.<field>\.<dataSource>\.ts/],
    ['query.memo.none.ts', /<Type>\.<field>/],
    ['Query.memo.none.js', /<Type>\.<field>/],
    ['Query.memo.thatTable.ts', /to name a data source .*got thatTable/],
    ['Query.memo/checkRole.memoTable.ts', /Expected resolvers\/Query\.memo\/<n>\.<step>/],
    ['Query.memo/1.checkRole.ts', /<n>\.<step>\.<dataSource>\.ts/],
    ['Query.memo/1.checkRole.thatTable.ts', /got thatTable/],
    ['Query.memo/2.checkRole.memoTable.ts', /numbered from 1, got 2/],
    ['Query.memo/resolver.ts', /numbered from 1, got none/],
    ['memo/1.checkRole.memoTable.ts', /Expected a folder <Type>\.<field>/],
  ])('named %s is refused', async (name, message) => {
    await expect(read({ [name]: null })).rejects.toThrow(message);
  });

  test('may be no second resolver of a field', async () => {
    const files = { 'Query.memo.none.ts': null, 'Query.memo/1.get.memoTable.ts': null };
    await expect(read(files)).rejects.toThrow('Expected one resolver of Query.memo, got two.');
  });

  test('about wiring and folders is no resolver', async () => {
    expect(await read({ 'README.md': '# resolvers', 'shared/a.ts': null })).toEqual({
      resolvers: [],
      functions: {},
    });
  });
});

describe('a folder', () => {
  test('is a pipeline of its steps, in the order of their numbers', async () => {
    const steps = Array.from({ length: 10 }, (_, index) => index + 1);
    const { resolvers, functions } = await read(
      Object.fromEntries(
        steps.map((n) => [`Mutation.a/${n}.step${n}.none.ts`, HANDLERS.replace('1', `${n}`)]),
      ),
    );
    const names = steps.map((n) => `step${n}`);
    expect(resolvers).toMatchObject([
      { typeName: 'Mutation', fieldName: 'a', kind: 'PIPELINE', functions: names },
    ]);
    expect(
      Object.values(functions)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...names].sort());
    expect(functions).toMatchObject({ step7: { dataSource: 'none' } });
  });

  test('has 10 steps at most', async () => {
    const files = Array.from({ length: 11 }, (_, index) => `Mutation.a/${index + 1}.a.none.ts`);
    const reading = read(Object.fromEntries(files.map((file) => [file, null])));
    await expect(reading).rejects.toThrow(/Expected 10 steps .* got 11/);
  });

  test('gives what its last step gave, unless it says otherwise', async () => {
    const step = { 'Query.a/1.get.memoTable.ts': null, 'Query.b/1.get.memoTable.ts': null };
    const { resolvers } = await read({
      ...step,
      'Query.b/resolver.ts':
        'export const request = () => ({}); export const response = () => "own";',
    });
    expect(resolvers[0]?.code).toContain('return ctx.prev.result');
    expect(resolvers[1]?.code).toContain('"own"');
  });
});

describe('steps', () => {
  const CHECK = `export { request, response } from '../shared/check.ts';`;

  test('with the same code and data source are one function', async () => {
    const { resolvers, functions } = await read({
      'shared/check.ts': HANDLERS,
      'Query.a/1.checkRole.memoTable.ts': CHECK,
      'Query.b/1.checkRole.memoTable.ts': CHECK,
    });
    expect(Object.keys(functions)).toEqual(['checkRole']);
    expect(resolvers).toMatchObject([{ functions: ['checkRole'] }, { functions: ['checkRole'] }]);
  });

  test('of the same name with another code or data source are called after their fields', async () => {
    const { functions } = await read({
      'shared/check.ts': HANDLERS,
      'Query.a/1.checkRole.memoTable.ts': CHECK,
      'Query.b/1.checkRole.none.ts': CHECK,
      'Query.c/1.checkRole.none.ts': HANDLERS.replace('1', '2'),
    });
    expect(functions).toMatchObject({
      Query_a_checkRole: { dataSource: 'memoTable' },
      Query_b_checkRole: { dataSource: 'none' },
      Query_c_checkRole: { code: expect.stringContaining('2') },
    });
  });
});

describe('the resolvers of the AppSync door', () => {
  const SCHEMA = readFileSync('schema/generated/appsync.graphql', 'utf8');

  test('are what AppSync takes, of fields that the schema has', async () => {
    const { resolvers } = await readResolvers();
    expect(resolvers.length).toBeGreaterThan(30);
    expect(() => checkFields(resolvers, SCHEMA)).not.toThrow();
  });

  test('answer every query, mutation and subscription', async () => {
    const { resolvers } = await readResolvers();
    const answered = new Set(resolvers.map((one) => `${one.typeName}.${one.fieldName}`));
    const roots = parse(SCHEMA).definitions.flatMap((definition) =>
      definition.kind === 'ObjectTypeDefinition' &&
      ['Query', 'Mutation', 'Subscription'].includes(definition.name.value)
        ? (definition.fields ?? []).map(({ name }) => `${definition.name.value}.${name.value}`)
        : [],
    );
    expect(roots.filter((field) => !answered.has(field))).toEqual([]);
  });

  test('of a field that the schema does not have are refused', () => {
    const resolvers = [
      { typeName: 'Query', fieldName: 'pads' },
      { typeName: 'Pad', fieldName: 'x' },
    ];
    expect(() => checkFields(resolvers, SCHEMA)).toThrow(
      'Expected resolvers of fields that the schema has, got Pad.x.',
    );
  });
});
