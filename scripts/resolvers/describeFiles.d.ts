import type { Resolvers } from './readResolvers.js';

export const WIRING_FILE: string;
export const MAP: string;
export function describeFiles(read: Resolvers): Map<string, string>;
