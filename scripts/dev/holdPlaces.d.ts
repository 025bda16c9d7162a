/** Makes `<folder>/<name>/index.mjs` for each name that has none, no two alike. */
export function holdPlaces(folder: string, names: readonly string[]): void;
