const RESOLVING = Symbol();

/**
 * An esbuild plugin that takes some packages as modules instead of CommonJS, so that what we don't
 * use of them stays out: AWS's fifty other commands, hash-wasm's twenty other hashes. The `module`
 * field says where those are, but asking esbuild to prefer it everywhere would bring graphql in twice.
 */
export function asModules() {
  return {
    name: 'as-modules',
    setup(build) {
      const filter = /^(@(aws-sdk|smithy)\/[\w-]+|hash-wasm)$/;
      build.onResolve({ filter }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        if (pluginData === RESOLVING) return undefined;
        const options = { kind, importer, resolveDir, pluginData: RESOLVING };
        const { path: found, errors } = await build.resolve(path, options);
        if (errors.length > 0) return { errors };
        return { path: asModule(found), sideEffects: false };
      });
    },
  };
}

function asModule(path) {
  return path.replace('dist-cjs', 'dist-es').replace('index.umd.js', 'index.esm.js');
}
