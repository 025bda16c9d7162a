import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import type { Endpoints } from '#local/folder/endpoints.ts';
import { useFolders } from '#tests/support/folder.ts';
import { usePrograms } from './program.ts';

const README = readFileSync('README.md', 'utf8');
const TAKES_AT_MOST_MS = 90_000;

const makeFolder = useFolders();
const startProgram = usePrograms();

test(
  'its commands do what it says',
  async () => {
    const dataDir = makeFolder();
    const program = startProgram(dataDir, '--port', '0');
    const endpoints = await program.ready();
    for (const line of blocks('text').join('\n').split('\n')) {
      expect(program.output()).toContain(here(line, endpoints));
    }
    const [curl] = commands().filter((command) => command.startsWith('curl '));
    expect(JSON.parse(await run(here(curl!, endpoints)))).toMatchObject({
      data: { signUp: { accessToken: expect.any(String), user: { id: expect.any(String) } } },
    });
    const [importing, exporting] = commands().filter((command) =>
      /npm run (im|ex)port/.test(command),
    );
    expect(await run(`${importing} --data-dir ${dataDir}`)).toMatch(/created: \d+/);
    const target = join(makeFolder(), 'exported');
    const exportingThere = exporting!.replace(/exported$/, target);
    expect(await run(`${exportingThere} --data-dir ${dataDir}`)).toContain(
      `memos written to ${target}`,
    );
  },
  TAKES_AT_MOST_MS,
);

test('its query is one of the API', () => {
  const schema = buildSchema(readFileSync('schema/generated/api.graphql', 'utf8'));
  const queries = blocks('graphql');
  expect(queries).not.toEqual([]);
  for (const query of queries) expect(validate(schema, parse(query))).toEqual([]);
});

test('every script it names is there, and so is every file it links to', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object };
  const named = [...README.matchAll(/`npm run ([\w:-]+)/g)].map(([, name]) => name);
  expect(named.filter((name) => !Object.keys(scripts).includes(name!))).toEqual([]);
  const links = [...README.matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link!);
  expect(links.filter((link) => !link.startsWith('http') && !existsSync(link))).toEqual([]);
});

/** The fenced blocks of a language, in order. */
function blocks(language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\`$`, 'gm');
  return [...README.matchAll(fence)].map(([, text]) => text!);
}

/** What it tells to type, one command each. */
function commands(): string[] {
  return blocks('sh').flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'));
}

/** The default port may be taken here, so the tests run on a free one. */
function here(text: string, { federated }: Endpoints): string {
  return text.replaceAll('127.0.0.1:4000', new URL(federated).host);
}

async function run(command: string): Promise<string> {
  const child = spawn('/bin/sh', ['-c', command], { stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await once(child, 'close');
  return output;
}
