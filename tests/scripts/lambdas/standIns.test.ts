import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { type BuildOptions, build } from 'esbuild';
import { lambdaBundles, ROOT } from '#scripts/lambdas/options.js';
import { STAND_INS, type StandIn, standIns } from '#scripts/lambdas/standIns.js';

const folder = mkdtempSync(join(tmpdir(), 'memopad-stand-ins-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

describe('the stand-in for the federation library in subgraphs', () => {
  test.each(['authSdl', 'memoSdl'])(
    'makes the schema of %s that the library makes',
    async (sdl) => {
      const source = `
      import { buildSubgraphSchema } from '@apollo/subgraph';
      import { lexicographicSortSchema, parse, printType } from 'graphql';
      import { ${sdl} } from '#schema/generated/sdl.ts';
      const schema = buildSubgraphSchema({ typeDefs: parse(${sdl}) });
      const types = Object.values(lexicographicSortSchema(schema).getTypeMap());
      export const printed = types.map(printType);
      export const text = schema.getQueryType().getFields()._service.resolve().sdl;
      export { ${sdl} as given };`;
      const [theirs, ours] = await Promise.all([run(source, []), run(source, [SUBGRAPH])]);
      expect(ours.printed.length).toBeGreaterThan(20);
      // What describes directives isn't needed to execute anything.
      expect(ours.printed).toEqual(
        theirs.printed.filter((type) => !/\b(federation|link)__/.test(type)),
      );
      expect(ours.text).toBe(ours.given);
    },
  );
});

describe('a stand-in that nothing asks for', () => {
  test('fails the build, naming what is no longer imported', async () => {
    const stale: StandIn = { in: 'graphql', for: './gone', by: 'hash.js' };
    const building = bundle("import 'graphql';", [stale]);
    await expect(building).rejects.toThrow('graphql no longer imports ./gone');
  });
});

const SUBGRAPH = STAND_INS.find((one) => one.in === '@apollo/subgraph') as StandIn;

interface Printed {
  readonly printed: readonly string[];
  readonly text: string;
  readonly given: string;
}

async function run(source: string, some: readonly StandIn[]): Promise<Printed> {
  const file = join(folder, `${some.length}-${files++}.mjs`);
  writeFileSync(file, await bundle(source, some));
  return import(pathToFileURL(file).href);
}

async function bundle(source: string, some: readonly StandIn[]): Promise<string> {
  const { entryPoints, outdir, outExtension, metafile, ...options } = lambdaBundles();
  const own: BuildOptions = { logLevel: 'silent', plugins: [standIns(some)] };
  const stdin = { contents: source, resolveDir: ROOT, loader: 'ts' as const };
  const { outputFiles } = await build({ ...options, ...own, stdin });
  return outputFiles?.[0]?.text ?? '';
}
