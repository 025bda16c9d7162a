import type { Resolvers } from './resolvers/readResolvers.js';

export interface EnsureResolversOptions {
  readonly onProgress?: (sentence: string) => void;
  readonly folder?: string;
}

export function readAll(): Promise<Resolvers>;
export function ensureResolvers(
  options?: EnsureResolversOptions,
): Promise<{ readonly folder: string; readonly built: boolean }>;
