import { throwProblem } from '#domain/errors.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import { retryWhileChanged } from './attempts.ts';
import { authorize, padNotFound } from './authorize.ts';
import { type Pad, padNameProblem, padSeenAs, personalPadProblem } from './pad.ts';
import type { PadStore } from './padStore.ts';

/** For an OWNER of a shared pad. @throws UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, BAD_USER_INPUT */
export async function renamePad(
  { pads }: { readonly pads: PadStore },
  viewer: Viewer | null,
  padId: string,
  name: string,
): Promise<Pad> {
  return retryWhileChanged(async () => {
    const role = await authorize(pads, viewer, padId, 'MANAGE');
    throwProblem(personalPadProblem(viewer, padId, 'renamed'));
    throwProblem(padNameProblem(name));
    const pad = await pads.pad(padId);
    if (!pad) throw padNotFound();
    const outcome = pad.name === name ? 'DONE' : await pads.renamePad(padId, name);
    return outcome === 'DONE' ? padSeenAs(role, { ...pad, name }) : outcome;
  });
}
