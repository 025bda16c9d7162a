import { throwProblem } from '#domain/errors.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import { requireViewer } from '#domain/viewer/viewer.ts';
import { authorize } from './authorize.ts';
import type { ChangeLog } from './changeLog.ts';
import {
  type ChangeBatch,
  changesInputProblem,
  endBatch,
  findChanges,
  isReset,
  needsHead,
  pageBatch,
  positionOf,
  type ReadChangesInput,
  readingOf,
  resetBatch,
} from './changesPage.ts';
import type { MemoPorts } from './memoPorts.ts';
import { withMemos } from './withMemos.ts';

export interface ReadChangesPorts extends Omit<MemoPorts, 'pause'> {
  readonly changes: ChangeLog;
}

/** Who reads: a viewer, or the live service on behalf of those who watch one pad. */
export interface ChangesReader {
  readonly viewer: Viewer | null;
  readonly watch: { readonly padId: string } | null;
}

export interface ReadChangesOptions {
  readonly withMemos?: boolean;
  /** Is told how many bytes of bodies were read; what it throws refuses the page. */
  readonly afterBodies?: (bytes: number) => void;
}

/**
 * One page of a pad's change log: one strong query, and with memos one batch of those. The head is
 * read only when there is no cursor, at the end of a log whose last change is no longer told, and behind a full page.
 *
 * @throws UNAUTHENTICATED, NOT_FOUND, BAD_USER_INPUT
 */
export async function readChanges(
  ports: ReadChangesPorts,
  { viewer, watch }: ChangesReader,
  input: ReadChangesInput,
  options: ReadChangesOptions = {},
): Promise<ChangeBatch> {
  const { padId } = input;
  const { changes: log, members } = ports;
  if (watch?.padId !== padId) await authorize(members, requireViewer(viewer), padId, 'READ');
  throwProblem(changesInputProblem(input));
  const since = positionOf(input);
  if (!since) return endBatch(padId, await log.head(padId));
  const { afterSeq, limit } = readingOf(input, since);
  const found = findChanges(await log.read(padId, afterSeq, limit), input, since);
  if (needsHead(found)) {
    const head = await log.head(padId);
    if (isReset(found, since, head)) return resetBatch(padId, since, head);
  }
  const { changes } = found;
  const shown = options.withMemos
    ? await withMemos(ports, padId, changes, options.afterBodies)
    : changes.map((change) => ({ ...change, memo: null }));
  return pageBatch(padId, since, found, shown);
}
