import type { BuildOptions, OutputFile } from 'esbuild';

export function bundleCode(folder: string, files: readonly string[]): Promise<Map<string, string>>;
export function bundleCodeAndMaps(
  folder: string,
  files: readonly string[],
): Promise<{ readonly code: Map<string, string>; readonly maps: Map<string, string> }>;
export function codeBundles(folder: string, files: readonly string[]): BuildOptions;
export function codeOf(
  files: readonly string[],
  outputFiles: readonly OutputFile[],
): Map<string, string>;
