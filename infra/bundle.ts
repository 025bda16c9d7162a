import { fileURLToPath } from 'node:url';

/** The Lambda bundles; `scripts/lambdas/bundles.js` says what each is made of. */
export type BundleName =
  | 'authSubgraph'
  | 'authHttp'
  | 'authWatch'
  | 'memoSubgraph'
  | 'gateway'
  | 'liveStream'
  | 'liveDrain'
  | 'liveSocket';

const FOLDER = fileURLToPath(new URL('../dist/lambda', import.meta.url));

/** Where `scripts/build-lambdas.js` puts a bundle: a folder with `index.mjs`. */
export const bundleFolder = (name: BundleName): string => `${FOLDER}/${name}`;
