import type { Plugin } from 'esbuild';

export interface StandIn {
  readonly in: string;
  readonly for: string;
  readonly by: string;
}

export const STAND_INS: readonly StandIn[];
export function standIns(all?: readonly StandIn[]): Plugin;
