import type { Resolvers } from '../resolvers/readResolvers.js';

export interface KeepResolversOptions {
  readonly folder: string;
  readonly onBuilt: (files: string[]) => void;
  readonly onRewired: () => void;
  readonly onBroken: () => void;
  readonly onMended: () => void;
  readonly read?: () => Promise<Resolvers>;
}

export function keepResolvers(options: KeepResolversOptions): {
  rebuild(): Promise<void>;
  edited(paths: readonly string[]): Promise<void>;
};
