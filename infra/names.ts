import type { Stage } from './stages.ts';

/** What a resource is called that people meet in logs, metrics and bills: `memopad-dev-gateway`. */
export const nameOf = (stage: Stage, what: string): string => `memopad-${stage.name}-${what}`;
