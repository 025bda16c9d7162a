/**
 * Lists in batches. Written in the APPSYNC_JS subset, because both doors read this very file: there every
 * loop over a list, `map` and its like too, ends at the 1,000th turn without a word
 * (https://github.com/aws/aws-appsync-community/issues/371), while `slice`, `split` and `join` take lists of any length.
 */
export const BATCH_SIZE = 500;

/** The list in parts of 500, the last one shorter: of up to 500,000 elements, which are 1,000 parts. */
export function batchesOf<Element>(list: readonly Element[]): (readonly Element[])[] {
  const starts = list.slice(0, Math.ceil(list.length / BATCH_SIZE));
  return starts.map((_, index) => list.slice(index * BATCH_SIZE, (index + 1) * BATCH_SIZE));
}
