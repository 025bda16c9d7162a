import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const PLACE = new URL('../../../../node_modules/.cache/memopad-bench-peer/', import.meta.url);
/** The project's own settings of npm go with it: without them npm would look for addresses that the lock hasn't. */
const FILES = {
  'package.json': new URL('./packages/package.json', import.meta.url),
  'package-lock.json': new URL('./packages/package-lock.json', import.meta.url),
  '.npmrc': new URL('../../../../.npmrc', import.meta.url),
};
const INSTALLED_WITHIN_MS = 180_000;

/**
 * Installs what is measured beside Memopad, once, into a folder of its own: 110 MB, nearly all of it the
 * second version of the AWS SDK, that nobody else shall have to install.
 * @throws when npm can't, with what it said
 */
export async function installPeer(tell: (line: string) => void): Promise<NodeJS.Require> {
  const require = createRequire(new URL('./package.json', PLACE));
  if (existsSync(new URL('./node_modules/.package-lock.json', PLACE))) return require;
  tell('installing graphql-lambda-subscriptions 6.0.0 with its AWS SDK, once');
  await mkdir(PLACE, { recursive: true });
  for (const [name, from] of Object.entries(FILES)) await copyFile(from, new URL(name, PLACE));
  const options = { cwd: PLACE.pathname, timeout: INSTALLED_WITHIN_MS };
  try {
    await promisify(execFile)('npm', ['ci', '--ignore-scripts'], options);
  } catch (error) {
    await rm(PLACE, { recursive: true, force: true });
    const said = (error as { readonly stderr?: string }).stderr ?? String(error);
    const [reason = said] = said.split('\n').filter((line) => line.startsWith('npm error'));
    throw new Error(`npm could not install it: ${reason}`);
  }
  return require;
}
