export interface EnsureLambdasOptions {
  readonly onProgress?: (sentence: string) => void;
  readonly folder?: string;
}

export function ensureLambdas(
  options?: EnsureLambdasOptions,
): Promise<{ readonly folder: string; readonly built: boolean }>;
