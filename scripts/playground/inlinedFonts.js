import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

const DATA_URL = /url\(data:font\/(\w+);base64,([^)]+)\)/g;
const NAMESPACE = 'inlined-font';

/**
 * esbuild plugin: GraphiQL's stylesheet carries all its fonts as data URLs, 0.4 MB of them. Each
 * becomes a file, so that a page loads what it shows and `font-src` needs no `data:`.
 */
export function inlinedFonts() {
  const fonts = new Map();
  return {
    name: NAMESPACE,
    setup(build) {
      build.onLoad({ filter: /graphiql[\\/]dist[\\/]style\.css$/ }, async ({ path }) => {
        const css = await readFile(path, 'utf8');
        const contents = css.replace(DATA_URL, (_whole, format, base64) => {
          const name = `graphiql-${fonts.size}.${format}`;
          fonts.set(name, Buffer.from(base64, 'base64'));
          return `url(${NAMESPACE}:${name})`;
        });
        return { contents, loader: 'css' };
      });
      build.onResolve({ filter: new RegExp(`^${NAMESPACE}:`) }, ({ path }) => ({
        path: path.slice(NAMESPACE.length + 1),
        namespace: NAMESPACE,
      }));
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
        contents: fonts.get(basename(path)),
        loader: 'file',
      }));
    },
  };
}
