export interface EnsureLambdasOptions {
  readonly onProgress?: (sentence: string) => void;
  readonly folder?: string;
}

export interface WatchLambdasOptions {
  readonly folder?: string;
  readonly onBuilt: (built: {
    readonly folder: string;
    readonly changed: readonly string[];
  }) => unknown;
}

export function ensureLambdas(
  options?: EnsureLambdasOptions,
): Promise<{ readonly folder: string; readonly built: boolean }>;

export function watchLambdas(options: WatchLambdasOptions): Promise<() => Promise<void>>;
