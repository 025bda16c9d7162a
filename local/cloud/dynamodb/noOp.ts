import { isDeepStrictEqual } from 'node:util';
import type { StreamRecord } from './streamRecord.ts';

/** Whether a write has left an item as it was: then DynamoDB has no record of it, but the engine has. */
export function changesNothing({ eventName, dynamodb }: StreamRecord): boolean {
  const { OldImage, NewImage } = dynamodb;
  if (eventName !== 'MODIFY' || !OldImage || !NewImage) return false;
  return isDeepStrictEqual(withSortedSets(OldImage), withSortedSets(NewImage));
}

const SETS = new Set(['SS', 'NS', 'BS']);

/** Sets keep the order they were written in, which means nothing. @param value of the wire: a name like `SS` may also be an attribute's, but its value is an object then */
function withSortedSets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedSets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) =>
      SETS.has(name) && Array.isArray(inner)
        ? [name, [...inner].sort()]
        : [name, withSortedSets(inner)],
    ),
  );
}
