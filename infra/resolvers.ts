import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What `scripts/build-resolvers.js` says of the code it has bundled: `scripts/resolvers/`. */
export interface Wiring {
  readonly dataSources: Readonly<Record<string, SourceOfData>>;
  readonly resolvers: readonly FieldResolver[];
  readonly functions: readonly PipelineFunction[];
}

export type SourceOfData =
  | { readonly kind: 'TABLE'; readonly table: 'memo' | 'live' }
  | { readonly kind: 'FUNCTION'; readonly function: 'authSubgraph' }
  | { readonly kind: 'NONE' };

interface Coded {
  /** In the folder of the code. */
  readonly file: string;
  /** How many calls go to the data source at once; one by one when left out. */
  readonly maxBatchSize?: number;
}

interface FieldOfType {
  readonly typeName: string;
  readonly fieldName: string;
}

export type FieldResolver = UnitResolver | PipelineResolver;

export interface UnitResolver extends FieldOfType, Coded {
  readonly kind: 'UNIT';
  readonly dataSource: string;
}

export interface PipelineResolver extends FieldOfType, Coded {
  readonly kind: 'PIPELINE';
  /** Names in `functions`, in the order they run. */
  readonly functions: readonly string[];
}

export interface PipelineFunction extends Coded {
  readonly name: string;
  readonly dataSource: string;
}

const FOLDER = fileURLToPath(new URL('../dist/resolvers', import.meta.url));

export const readWiring = (): Wiring => JSON.parse(readFileSync(`${FOLDER}/wiring.json`, 'utf8'));

export const codeFile = (file: string): string => `${FOLDER}/${file}`;

/** What AppSync is given: `npm run codegen` derives it. */
export const APPSYNC_SCHEMA = fileURLToPath(
  new URL('../schema/generated/appsync.graphql', import.meta.url),
);
