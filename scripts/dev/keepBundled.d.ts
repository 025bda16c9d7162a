import type { BuildOptions, OutputFile } from 'esbuild';

export interface KeepBundledOptions {
  readonly options: BuildOptions;
  readonly put: (outputFiles: OutputFile[]) => Promise<void>;
  readonly onBroken: () => void;
  readonly onMended: () => void;
}

export function keepBundled(options: KeepBundledOptions): Promise<{
  rebuild(): Promise<void>;
  end(): Promise<void>;
  edited(paths: readonly string[]): Promise<void>;
}>;
