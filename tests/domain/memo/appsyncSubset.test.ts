import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { bundleCode, codeBundles } from '#scripts/resolvers/bundleCode.js';
import { checkCode } from '#scripts/resolvers/checkCode.js';
import { filesOf, RESOLVERS } from '#scripts/resolvers/readResolvers.js';
import { readWiring } from '#scripts/resolvers/wiring.js';

/** Files of the project with TypeScript in them, from the project's folder. */
const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path));

const text = (file: string): string => readFileSync(file, 'utf8').replace(/\s+(\* )?/g, ' ');

const WHOLE = /in the APPSYNC_JS subset[^.]*, because both doors read this very file/;

/** What both doors read: the AppSync door runs it as APPSYNC_JS, which knows a part of JavaScript only. */
const FOR_BOTH_DOORS = [...sourcesIn('domain'), ...sourcesIn('table')].filter((file) =>
  WHOLE.test(text(file)),
);

test.each(FOR_BOTH_DOORS)('%s and all it imports is what APPSYNC_JS knows', async (file) => {
  const code = (await bundleCode('.', [file])).get(file) ?? '';
  const problems = checkCode(code).filter(({ what }) => !IS_NO_HANDLER.test(what));
  expect(code).toMatch(/export/);
  expect(problems).toEqual([]);
});

/** They have something else to export. */
const IS_NO_HANDLER = /^no (request|response)$/;

describe('what resolvers import', () => {
  test('says that it is written for both doors', async () => {
    const files = filesOf(readWiring(RESOLVERS));
    const options = { ...codeBundles(RESOLVERS, files), write: false, metafile: true } as const;
    const { metafile } = await build(options);
    const shared = Object.keys(metafile.inputs).filter((path) => !path.startsWith('resolvers/'));
    // A file may have a part for both doors and another for the federated one.
    const silent = shared.filter((path) => !text(path).includes('the APPSYNC_JS subset'));
    expect(silent).toEqual([]);
  });
});
