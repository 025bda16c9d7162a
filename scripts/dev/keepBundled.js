/**
 * A bundle that is made again when one of its files is edited. Not by esbuild's own watch mode, which
 * looks at a few files at a time and finds an edit after a second or two.
 * @param options esbuild's
 * @param put gets what was bundled
 * @param onBroken called when an edit breaks it; esbuild itself says why
 * @param onMended called when the next edit mends it, also by undoing what broke it
 */
export async function keepBundled({ options, put, onBroken, onMended }) {
  const { context } = await import('esbuild');
  const bundling = await context({ ...options, write: false, metafile: true });
  /** Unknown while it is broken: then any edit may mend it. */
  let inputs;
  let isBroken = false;
  let building = Promise.resolve();
  const build = async () => {
    try {
      const { outputFiles, metafile } = await bundling.rebuild();
      inputs = new Set(Object.keys(metafile.inputs));
      if (isBroken) onMended();
      isBroken = false;
      await put(outputFiles);
    } catch (error) {
      if (!error.errors) throw error;
      inputs = undefined;
      isBroken = true;
      onBroken();
    }
  };
  const rebuild = () => {
    building = building.then(build);
    return building;
  };
  return {
    rebuild,
    end: () => bundling.dispose(),
    /** @param paths of files, from the project's folder */
    async edited(paths) {
      if (!inputs || paths.some((path) => inputs.has(path))) await rebuild();
    },
  };
}
