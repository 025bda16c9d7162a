import { fileURLToPath } from 'node:url';

/** Every Lambda bundle and the file it starts from. */
export const BUNDLES = {
  authSubgraph: 'subgraphs/auth/handler.ts',
  authHttp: 'subgraphs/auth/httpHandler.ts',
  memoSubgraph: 'subgraphs/memo/handler.ts',
  gateway: 'gateway/handler.ts',
} as const;

export type BundleName = keyof typeof BUNDLES;

/** Where the bundles are built: one folder each, with `index.mjs`. */
export const BUNDLES_FOLDER = fileURLToPath(new URL('../dist/lambda', import.meta.url));

export const bundleFolder = (name: BundleName): string => `${BUNDLES_FOLDER}/${name}`;

/**
 * What esbuild is told for every bundle. `mainFields` stays the default: with `module` first, two
 * copies of graphql would end up in one bundle. Packages in CommonJS need a `require`.
 */
export const BUNDLE_OPTIONS = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  sourcemap: 'linked',
  sourcesContent: false,
  minify: true,
  keepNames: true,
  legalComments: 'none',
  banner: {
    js: "import{createRequire as _c}from'node:module';const require=_c(import.meta.url);",
  },
} as const;
