import type { DataSourceName } from './dataSources.js';
import type { Wiring } from './wiring.js';

interface FieldOfType {
  readonly typeName: string;
  readonly fieldName: string;
}

export interface UnitResolver extends FieldOfType {
  readonly kind: 'UNIT';
  readonly dataSource: DataSourceName;
  readonly code: string;
  /** Its source map, as text. */
  readonly map?: string | undefined;
  readonly maxBatchSize?: number;
}

export interface PipelineResolver extends FieldOfType {
  readonly kind: 'PIPELINE';
  readonly code: string;
  /** Its source map, as text. */
  readonly map?: string | undefined;
  /** Ids in `functions`, in the order they run. */
  readonly functions: readonly string[];
}

export interface PipelineFunction {
  readonly name: string;
  readonly dataSource: DataSourceName;
  readonly code: string;
  /** Its source map, as text. */
  readonly map?: string | undefined;
  readonly maxBatchSize?: number;
}

export interface Resolvers {
  readonly resolvers: readonly (UnitResolver | PipelineResolver)[];
  readonly functions: Readonly<Record<string, PipelineFunction>>;
}

export const RESOLVERS: string;
/** From the folder. */
export function filesOf(wiring: Wiring): string[];
export function wire(
  wiring: Wiring,
  bundled: {
    readonly code: ReadonlyMap<string, string>;
    readonly maps: ReadonlyMap<string, string>;
  },
): Resolvers;
export function readResolvers(folder?: string): Promise<Resolvers>;
