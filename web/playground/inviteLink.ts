const INVITE = /^#invite=([\w.-]{1,200})$/;

/** The parts of `window` that an invite link touches. */
export interface AddressBar {
  readonly location: { readonly hash: string; readonly pathname: string; readonly search: string };
  readonly history: {
    readonly state: unknown;
    replaceState(state: unknown, unused: string, url: string): void;
  };
}

/**
 * The secret of an invite link (`/playground#invite=<secret>`), or null. It is taken out of the
 * address bar, so that neither the browser's history nor a copied address gives it away.
 */
export function takeInviteSecret({ location, history }: AddressBar): string | null {
  const secret = INVITE.exec(location.hash)?.[1] ?? null;
  if (secret) history.replaceState(history.state, '', location.pathname + location.search);
  return secret;
}
