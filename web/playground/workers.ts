interface MonacoWindow {
  MonacoEnvironment?: { getWorker(moduleId: string, label: string): Worker };
}

const FILES: Readonly<Record<string, string>> = {
  graphql: 'graphql.worker.js',
  json: 'json.worker.js',
};

/** Monaco's workers from the page's own files, beside this bundle; none of them is a blob. */
(globalThis as MonacoWindow).MonacoEnvironment = {
  getWorker: (_moduleId, label) =>
    new Worker(new URL(FILES[label] ?? 'editor.worker.js', import.meta.url), { type: 'module' }),
};
