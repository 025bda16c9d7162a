import { UnStyledButton } from '@graphiql/react';
import { useSessionState } from './services.ts';

/** Who is signed in, at the top of the page; opens the account panel. */
export function AccountBadge() {
  const state = useSessionState();
  return (
    <UnStyledButton type="button" className="playground-badge" onClick={showAccount}>
      {state.kind === 'signedIn' ? state.who.displayName : 'Sign in'}
    </UnStyledButton>
  );
}

/** GraphiQL unfolds its panel only for a click in the side bar, so this is one. */
function showAccount() {
  document
    .querySelector<HTMLButtonElement>('.graphiql-sidebar [aria-label="Show Account"]')
    ?.click();
}
