import { readFileSync } from 'node:fs';
import type { SandboxHost } from '#local/appsync/sandbox/sandbox.ts';
import { findSource } from '#scripts/resolvers/findSource.js';

/** The sources of bundled code, by the maps that stand beside its files. */
export interface Sources {
  /** @param codeFiles where each code was read */
  add(codeFiles: ReadonlyMap<string, string>): void;
  readonly find: NonNullable<SandboxHost['findSource']>;
}

export function createSources(): Sources {
  const files = new Map<string, string>();
  return {
    add(codeFiles) {
      for (const [code, file] of codeFiles) files.set(code, file);
    },
    find(code, { line, column }) {
      const file = files.get(code);
      if (file === undefined) return undefined;
      try {
        return findSource(readFileSync(`${file}.map`, 'utf8'), { line, column: column - 1 });
      } catch {
        // Not every code has a map.
        return undefined;
      }
    },
  };
}
