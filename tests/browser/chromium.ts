import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const ROOT = resolve(import.meta.dirname, '../..');
const PACKAGES = join(ROOT, 'node_modules');
const { version } = JSON.parse(
  readFileSync(join(PACKAGES, '@sparticuz/chromium/package.json'), 'utf8'),
);
const UNPACKED = join(PACKAGES, '.cache/memopad', `chromium-${version}`);
/** The package's own looks into folders of a Lambda; a Chromium that finds no font at all crashes. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir>${join(UNPACKED, 'fonts/cache')}</cachedir>
</fontconfig>
`;
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts the Chromium that comes as an npm package (Linux on x64). It brings the libraries a bare
 * machine lacks (NSS, NSPR, expat), and one font, Open Sans: what else a page shows it brings
 * along itself, or it looks the same broken here as at a reader without that font.
 */
export async function launchChromium(): Promise<Browser> {
  const folder = await unpacked();
  const launch = (environment: Record<string, string>) =>
    chromium.launch({
      executablePath: join(folder, 'chromium'),
      args: FLAGS,
      env: { ...process.env, FONTCONFIG_PATH: join(folder, 'fonts'), ...environment },
    });
  // The machine's own libraries first: the packaged ones want a glibc as new as Amazon Linux 2023's.
  return launch({}).catch(() => launch({ LD_LIBRARY_PATH: join(folder, 'al2023/lib') }));
}

/** The folder it was unpacked into: once, 2 seconds and 200 MB; safe with several at once. */
async function unpacked(): Promise<string> {
  if (existsSync(UNPACKED)) return UNPACKED;
  await mkdir(dirname(UNPACKED), { recursive: true });
  const aside = await mkdtemp(`${UNPACKED}-`);
  try {
    await unpackInto(aside);
    await rename(aside, UNPACKED).catch(ignoreTaken);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return UNPACKED;
}

/** The package unpacks into the folder for temporary files; its Lambda mode adds the libraries. */
async function unpackInto(folder: string): Promise<void> {
  const script = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
  });
  await writeFile(join(folder, 'fonts', 'fonts.conf'), FONTS);
}

function ignoreTaken(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
}
