import { useEffect, useRef } from 'react';
import { ACCEPT_INVITE } from './examples/pads.ts';
import { useOpenOperation } from './useOpenOperation.ts';

const INVITED = `# An invite led you here. Sign in on the left, then run this with ▶ or Ctrl-Enter.
${ACCEPT_INVITE.operation}`;

interface InviteOpenerProps {
  /** Gives the secret of the invite link that led here, once; null when none did. */
  readonly takeInvite: () => string | null;
}

/** Opens the operation that accepts the invite whose link led here, now or later. */
export function InviteOpener({ takeInvite }: InviteOpenerProps) {
  const openOperation = useOpenOperation();
  const latest = useRef(openOperation);
  useEffect(() => {
    latest.current = openOperation;
  });
  const ready = openOperation !== null;
  useEffect(() => {
    if (!ready) return;
    const open = () => {
      const secret = takeInvite();
      if (secret) latest.current?.(INVITED, { secret });
    };
    open();
    window.addEventListener('hashchange', open);
    return () => window.removeEventListener('hashchange', open);
  }, [ready, takeInvite]);
  return null;
}
