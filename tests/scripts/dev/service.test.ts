import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { useFolders } from '#tests/support/folder.ts';

const makeFolder = useFolders();
const SERVICE = resolve('scripts/dev/service.js');

const UNTIL_STOPPED = `
  process.on('SIGTERM', () => process.exit(0));
  process.on('disconnect', () => process.exit(1));
`;

/** What `npm run dev` ends with. Each program is the last one edited, as soon as that has begun. */
async function endsWith(...programs: readonly string[]): Promise<number | null> {
  const folder = makeFolder();
  const files = programs.map((program, index) => {
    const file = join(folder, `${index}.mjs`);
    const began = `import { writeFileSync } from 'node:fs';`;
    const begins = `writeFileSync(${JSON.stringify(`${file}.began`)}, '');`;
    writeFileSync(file, `${began}${program}\n${begins}`);
    return file;
  });
  const dev = `
    import { existsSync } from 'node:fs';
    import { createService } from ${JSON.stringify(SERVICE)};
    const service = createService({ args: [], environment: {} });
    const files = ${JSON.stringify(files)};
    let file;
    setInterval(() => {
      if (files.length > 0 && (!file || existsSync(file + '.began'))) service.start(file = files.shift());
    }, 10);
    setTimeout(() => process.exit(99), 20_000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', dev], { stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  return code;
}

test('ends as its program does after --help, and when somebody has stopped that', async () => {
  expect(await endsWith('process.exit(0);')).toBe(0);
});

test('ends as its program does that was given a wrong flag', async () => {
  expect(await endsWith('process.exit(2);')).toBe(2);
});

test('goes on after a crash, and when it stops the program itself to start it again', async () => {
  const crash = 'process.on("exit", () => { process.exitCode = 1; });';
  expect(await endsWith(crash, UNTIL_STOPPED, 'process.exit(2);')).toBe(2);
});
