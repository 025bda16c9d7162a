import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hashInputs } from './hashInputs.js';

const ROOT = resolve(import.meta.dirname, '..');
/** Directly in dist/: the program finds the playground and the functions beside itself. */
const OUT = join(ROOT, 'dist');
/** Worker threads start this file as it is; the program looks for it beside itself. */
const RUNTIME = 'local/cloud/lambda/runtime.js';
const INPUTS = {
  root: ROOT,
  folders: [
    'aws',
    'domain',
    'gateway',
    'infra',
    'live',
    'local',
    'one-process',
    'schema',
    'scripts/resolvers',
    'subgraphs',
    'table',
  ],
  files: ['package.json', 'package-lock.json', 'scripts/build-server.js'],
};

/**
 * Bundles the program, unless that is done already for these very sources: it loads in a fifth of
 * the time that the sources and their hundreds of modules take.
 * @returns the URL to import
 */
export async function ensureServer({ onProgress = () => {} } = {}) {
  const name = `server-${await hashInputs(INPUTS)}`;
  const file = join(OUT, `${name}.mjs`);
  if (!existsSync(file)) {
    onProgress('Bundling the program …');
    await bundleServer(name);
    for (const old of otherServers(name)) rmSync(join(OUT, old), { force: true });
  }
  return pathToFileURL(file).href;
}

async function bundleServer(name) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({ ...serverBundle(name), write: false });
  putProgram(name, outputFiles);
}

/** Writes what esbuild has bundled, the file that names the others last. @returns that file */
export function putProgram(name, outputFiles) {
  mkdirSync(OUT, { recursive: true });
  const entry = join(OUT, `${name}.mjs`);
  put(join(OUT, basename(RUNTIME)), readFileSync(join(ROOT, RUNTIME)));
  const isEntry = ({ path }) => path === entry;
  for (const { path, contents } of outputFiles.filter((file) => !isEntry(file)))
    put(path, contents);
  put(entry, outputFiles.find(isEntry).contents);
  return entry;
}

/** Where nobody sees half of it, and then at once in place. */
function put(file, contents) {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, contents);
  renameSync(unfinished, file);
}

/**
 * esbuild's options for the program: one file, and others for what isn't needed at every start, as
 * the services in one process and the CDK app.
 */
export function serverBundle(name) {
  return {
    absWorkingDir: ROOT,
    entryPoints: { [name]: 'local/main.ts' },
    outdir: OUT,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    chunkNames: `${name}-[hash]`,
    bundle: true,
    external: ['aws-cdk-lib', 'constructs'],
    // node-fetch takes it where Node has no URL, and it takes punycode, of which Node 21 and newer warn.
    alias: { 'whatwg-url': 'node:url' },
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // CommonJS packages ask for `require`, which modules don't have.
    banner: {
      js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
    },
    logLevel: 'warning',
  };
}

function otherServers(newest) {
  return readdirSync(OUT).filter(
    (name) => /^server-\w{16}[-.]/.test(name) && !name.startsWith(newest),
  );
}
