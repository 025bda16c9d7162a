// First, before anything that isn't Node's own: what is missing is installed.
import './install-if-missing.js';
import module from 'node:module';

const CACHE = new URL('../dist/compiled', import.meta.url);

// Node 22 and newer remember compiled code between starts.
module.enableCompileCache?.(CACHE.pathname);

const { ensurePlayground } = await import('./build-playground.js');
const { ensureServer } = await import('./build-server.js');
await ensurePlayground({ onProgress: console.log });
if (!process.argv.includes('--one-process')) {
  const { ensureLambdas } = await import('./build-lambdas.js');
  const { ensureResolvers } = await import('./build-resolvers.js');
  await ensureLambdas({ onProgress: console.log });
  await ensureResolvers({ onProgress: console.log });
}
await import(await ensureServer({ onProgress: console.log }));
