import type { DataSourceName } from './dataSources.js';

interface FieldOfType {
  readonly typeName: string;
  readonly fieldName: string;
}

interface CodeFile {
  readonly dataSource: DataSourceName;
  /** From the folder. */
  readonly file: string;
}

export interface Wiring {
  readonly units: readonly (FieldOfType & CodeFile)[];
  readonly pipelines: readonly (FieldOfType & {
    readonly file: string | null;
    readonly steps: readonly (CodeFile & { readonly name: string })[];
  })[];
}

export function readWiring(folder: string): Wiring;
