export interface EnsurePlaygroundOptions {
  readonly onProgress?: (sentence: string) => void;
  readonly folder?: string;
}

export function ensurePlayground(
  options?: EnsurePlaygroundOptions,
): Promise<{ readonly folder: string; readonly built: boolean }>;
