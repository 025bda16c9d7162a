import { MemopadError } from '#domain/errors.ts';
import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import type { PadAction } from './access.ts';
import { authorize, type Members } from './authorize.ts';
import { memoNotFound } from './memoErrors.ts';
import { type MemoKey, readMemoId } from './memoId.ts';

/**
 * Where a memo is found, once the viewer may do the action in its pad. Costs what `authorize` costs.
 *
 * @throws UNAUTHENTICATED for nobody, NOT_FOUND for a text that is no memo's id and for a pad the
 * viewer may not read, FORBIDDEN for one where the viewer's role does not allow the action.
 */
export async function openMemo(
  members: Members,
  viewer: Viewer | null,
  id: string,
  action: PadAction,
): Promise<MemoKey & { readonly userId: string }> {
  const { userId } = requireViewer(viewer);
  const key = readMemoId(id);
  if (!key) throw memoNotFound();
  await authorize(members, viewer, key.padId, action).catch(speakOfTheMemo);
  return { ...key, userId };
}

/** The caller named a memo, so the answer is the one for a memo that isn't there. */
function speakOfTheMemo(error: unknown): never {
  throw error instanceof MemopadError && error.code === 'NOT_FOUND' ? memoNotFound() : error;
}
