import { SourceMap } from 'node:module';

/**
 * Where a place of a bundle comes from: `resolvers/shared/viewer.ts:12:5`, both from 1. Undefined for what
 * no source has.
 * @param map the bundle's source map, as text
 * @param place its line from 1 and its column from 0
 */
export function findSource(map, { line, column }) {
  const found = new SourceMap(JSON.parse(map)).findEntry(line - 1, column);
  if (found.originalSource === undefined) return undefined;
  return `${found.originalSource}:${found.originalLine + 1}:${found.originalColumn + 1}`;
}
