export interface EnsureResolversOptions {
  readonly onProgress?: (sentence: string) => void;
  readonly folder?: string;
}

export function ensureResolvers(
  options?: EnsureResolversOptions,
): Promise<{ readonly folder: string; readonly built: boolean }>;
