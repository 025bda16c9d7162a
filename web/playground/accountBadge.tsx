import { UnStyledButton } from '@graphiql/react';
import { useSessionState } from './services.ts';
import { showPanel } from './sidebar.ts';

/** Who is signed in, at the top of the page; opens the account panel. */
export function AccountBadge() {
  const state = useSessionState();
  return (
    <UnStyledButton type="button" className="playground-badge" onClick={() => showPanel('Account')}>
      {state.kind === 'signedIn' ? state.who.displayName : 'Sign in'}
    </UnStyledButton>
  );
}
