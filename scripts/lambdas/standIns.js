import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, 'stand-ins');

/** What Apollo Server loads when nobody disabled it; gateway/apollo.ts disables all of them. */
const DEFAULT_PLUGINS = [
  'cacheControl',
  'disableSuggestions',
  'inlineTrace',
  'landingPage/default',
  'schemaReporting',
  'usageReporting',
];

/**
 * What stands in for parts of packages that a function carries and never runs: in which package it
 * is imported, under which name, and the file that comes instead. The files say why.
 *
 * README.md says what each is worth.
 */
export const STAND_INS = [
  { in: '@apollo/gateway', for: './utilities/opentelemetry', by: 'tracing.js' },
  { in: '@apollo/gateway', for: '@opentelemetry/api', by: 'tracing.js' },
  { in: '@apollo/gateway', for: './supergraphManagers', by: 'leftOut.cjs' },
  { in: '@apollo/gateway', for: './RemoteGraphQLDataSource', by: 'leftOut.cjs' },
  { in: '@apollo/gateway', for: './executeQueryPlan', by: 'leftOut.cjs' },
  { in: '@apollo/gateway', for: '@apollo/utils.createhash', by: 'hash.js' },
  { in: '@apollo/server', for: '@apollo/utils.createhash', by: 'hash.js' },
  { in: '@apollo/server', for: '@graphql-tools/schema', by: 'leftOut.cjs' },
  ...DEFAULT_PLUGINS.map((plugin) => ({
    in: '@apollo/server',
    for: `./plugin/${plugin}/index.js`,
    by: 'leftOut.cjs',
  })),
  { in: '@apollo/query-planner', for: 'pretty-format', by: 'leftOut.cjs' },
  { in: '@apollo/query-planner', for: './snapshotSerializers', by: 'leftOut.cjs' },
  { in: '@apollo/query-graphs', for: './graphviz', by: 'leftOut.cjs' },
  { in: '@apollo/query-graphs', for: 'deep-equal', by: 'deepEqual.js' },
  { in: '@apollo/federation-internals', for: 'graphql', by: 'graphql.cjs' },
  { in: '@apollo/subgraph', for: '@apollo/federation-internals', by: 'federation.js' },
  {
    in: '@aws-sdk/client-dynamodb',
    for: '@aws-sdk/credential-provider-node',
    by: 'credentials.js',
  },
];

/**
 * An esbuild plugin that puts the stand-ins in place. One that nothing asked for fails the build:
 * another version of its package imports something else, which should be looked at.
 */
export function standIns(all = STAND_INS) {
  return {
    name: 'stand-ins',
    setup(build) {
      const wanted = new Set();
      build.onStart(() => wanted.clear());
      build.onResolve({ filter: filterOf(all) }, ({ path, importer }) => {
        const found = all.find((one) => one.for === path && isIn(importer, one.in));
        if (!found) return undefined;
        wanted.add(found);
        return { path: join(FOLDER, found.by) };
      });
      build.onEnd(({ errors }) => {
        if (errors.length > 0) return undefined;
        const unused = all.filter((one) => !wanted.has(one));
        return { errors: unused.map((one) => ({ text: describeUnused(one) })) };
      });
    },
  };
}

function filterOf(all) {
  const names = all.map((one) => one.for.replaceAll(/[./]/g, '\\$&'));
  return new RegExp(`^(${[...new Set(names)].join('|')})$`);
}

function isIn(file, packageName) {
  return file.replaceAll('\\', '/').includes(`/node_modules/${packageName}/`);
}

function describeUnused(one) {
  return `${one.in} no longer imports ${one.for}, for which ${one.by} stands in: see standIns.js.`;
}
