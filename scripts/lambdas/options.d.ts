import type { BuildOptions } from 'esbuild';

export const ROOT: string;
export function lambdaBundles(): BuildOptions;
