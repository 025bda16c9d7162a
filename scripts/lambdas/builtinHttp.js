/**
 * An esbuild plugin that takes node:http without its list of exports. A module's import of it reads
 * every export, and since Node 22.5 one of them is WebSocket, which loads Node's whole fetch: more
 * than half of what a small function's cold start takes.
 */
export function builtinHttp() {
  return {
    name: 'builtin-http',
    setup(build) {
      build.onResolve({ filter: /^(node:)?http$/ }, ({ kind }) =>
        kind !== 'require-call' ? { path: 'node:http', namespace: 'builtin-http' } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: 'builtin-http' }, () => ({
        contents: "module.exports = process.getBuiltinModule('node:http')",
      }));
    },
  };
}
