import { Button } from '@graphiql/react';
import { AccountForm } from './accountForm.tsx';
import type { Who } from './authRequests.ts';
import { useServices, useSessionState } from './services.ts';
import { useAttempt } from './useAttempt.ts';

/** Signing in, up and out, and who is signed in. */
export function AccountPanel() {
  const state = useSessionState();
  return (
    <section className="playground-panel" aria-label="Account">
      <h2>Account</h2>
      {state.kind === 'signedIn' ? (
        <SignedIn who={state.who} />
      ) : (
        <>
          {state.notice && <p role="status">{state.notice}</p>}
          <AccountForm />
        </>
      )}
    </section>
  );
}

function SignedIn({ who }: { readonly who: Who }) {
  const { session } = useServices();
  const { busy, failure, start } = useAttempt();
  async function copyToken() {
    const authorization = await session.authorization();
    await navigator.clipboard.writeText(authorization ?? '');
  }
  return (
    <>
      <p className="playground-who">
        <strong>{who.displayName}</strong>
        <span>{who.email}</span>
        <code title="Your user id, also the id of your personal pad">{who.id}</code>
      </p>
      <p>
        Every request carries your access token in <code>Authorization</code>. It is refreshed
        before it expires and kept in this page alone: after a reload, sign in again.
      </p>
      <div className="playground-buttons">
        <Button type="button" disabled={busy} onClick={() => start(copyToken)}>
          Copy the header
        </Button>
        <Button type="button" disabled={busy} onClick={() => start(session.signOut)}>
          Sign out
        </Button>
      </div>
      {failure && <p role="alert">{failure}</p>}
    </>
  );
}
