/**
 * A bundle that is made again when one of its files is edited. Not by esbuild's own watch mode, which
 * looks at a few files at a time and finds an edit after a second or two.
 * @param options esbuild's
 * @param put gets what was bundled
 * @param onBroken called when an edit breaks it; esbuild itself says why
 */
export async function keepBundled({ options, put, onBroken }) {
  const { context } = await import('esbuild');
  const bundling = await context({ ...options, write: false, metafile: true });
  /** Unknown while it is broken: then any edit may mend it. */
  let inputs;
  let building = Promise.resolve();
  const build = async () => {
    try {
      const { outputFiles, metafile } = await bundling.rebuild();
      inputs = new Set(Object.keys(metafile.inputs));
      await put(outputFiles);
    } catch (error) {
      if (!error.errors) throw error;
      inputs = undefined;
      onBroken();
    }
  };
  const rebuild = () => {
    building = building.then(build);
    return building;
  };
  return {
    rebuild,
    /** @param paths of files, from the project's folder */
    async edited(paths) {
      if (!inputs || paths.some((path) => inputs.has(path))) await rebuild();
    },
  };
}
