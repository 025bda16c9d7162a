import './install-if-missing.js';

// `npm run build`: what `npm start` would build when it is missing or stale.
const { ensurePlayground } = await import('./build-playground.js');
const { ensureLambdas } = await import('./build-lambdas.js');
const { ensureResolvers } = await import('./build-resolvers.js');
const { ensureServer } = await import('./build-server.js');

await ensurePlayground({ onProgress: console.log });
await ensureLambdas({ onProgress: console.log });
await ensureResolvers({ onProgress: console.log });
await ensureServer({ onProgress: console.log });
console.log('dist/ is up to date.');
