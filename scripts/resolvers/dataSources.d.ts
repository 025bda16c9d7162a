export type DataSourceKind =
  | { readonly kind: 'TABLE'; readonly table: 'memo' | 'live' }
  | { readonly kind: 'FUNCTION'; readonly function: 'authSubgraph'; readonly maxBatchSize?: number }
  | { readonly kind: 'NONE' };

export type DataSourceName = 'memoTable' | 'liveTable' | 'auth' | 'users' | 'none';

export const DATA_SOURCES: Readonly<Record<DataSourceName, DataSourceKind>>;
