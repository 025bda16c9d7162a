import { problemError } from '#domain/errors.ts';
import { SIGNED_OUT } from './accessClaims.ts';

/** Whoever makes the request, as a verified access token says. Nobody is `null`. */
export interface Viewer {
  readonly userId: string;
  /** The session the access token was issued for (its `sid`). */
  readonly sessionId: string;
}

/** The live service, as a verified watch token says: nobody in person, who may read the changes of one pad. */
export interface Watch {
  readonly watchedPadId: string;
}

/** Tells a watch token's bearer from a person. */
export function isWatch(caller: Viewer | Watch | null): caller is Watch {
  return caller !== null && 'watchedPadId' in caller;
}

/** @throws UNAUTHENTICATED when nobody is signed in. */
export function requireViewer(viewer: Viewer | null): Viewer {
  if (viewer) return viewer;
  throw problemError(SIGNED_OUT);
}
