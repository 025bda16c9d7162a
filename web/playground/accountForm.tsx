import { Button, ButtonGroup } from '@graphiql/react';
import { type FormEvent, Suspense, use, useState } from 'react';
import { useServices } from './services.ts';
import { type Attempt, useAttempt } from './useAttempt.ts';

type Mode = 'signIn' | 'signUp';

const LABELS: Readonly<Record<Mode, string>> = { signIn: 'Sign in', signUp: 'Sign up' };

/** Signing in or up, by form or, where the service offers it, as the demo user. */
export function AccountForm() {
  const [mode, setMode] = useState<Mode>('signIn');
  const attempt = useAttempt();
  return (
    <>
      <Suspense>
        <DemoSignIn attempt={attempt} />
      </Suspense>
      <ButtonGroup className="playground-modes">
        {(['signIn', 'signUp'] as const).map((each) => (
          <Button
            key={each}
            type="button"
            className={each === mode ? 'active' : ''}
            aria-pressed={each === mode}
            onClick={() => setMode(each)}
          >
            {LABELS[each]}
          </Button>
        ))}
      </ButtonGroup>
      <CredentialsForm mode={mode} attempt={attempt} />
      {attempt.failure && <p role="alert">{attempt.failure}</p>}
    </>
  );
}

function DemoSignIn({ attempt: { busy, start } }: { readonly attempt: Attempt }) {
  const services = useServices();
  const demo = use(services.demo);
  if (!demo) return null;
  return (
    <Button
      type="button"
      className="playground-primary"
      disabled={busy}
      onClick={() => start(() => services.session.signIn(demo))}
    >
      Sign in as {demo.email}
    </Button>
  );
}

interface CredentialsFormProps {
  readonly mode: Mode;
  readonly attempt: Attempt;
}

function CredentialsForm({ mode, attempt: { busy, start } }: CredentialsFormProps) {
  const { session } = useServices();
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const given = (name: string) => String(form.get(name));
    const credentials = { email: given('email'), password: given('password') };
    start(() =>
      mode === 'signIn'
        ? session.signIn(credentials)
        : session.signUp({ ...credentials, displayName: given('displayName') }),
    );
  }
  return (
    <form className="playground-form" onSubmit={submit}>
      <Field label="E-mail" name="email" type="email" autoComplete="username" />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete={mode === 'signIn' ? 'current-password' : 'new-password'}
      />
      {mode === 'signUp' && (
        <Field label="Name" name="displayName" type="text" autoComplete="name" />
      )}
      <button type="submit" className="graphiql-button playground-primary" disabled={busy}>
        {LABELS[mode]}
      </button>
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly type: string;
  readonly autoComplete: string;
}

function Field({ label, ...input }: FieldProps) {
  return (
    <label>
      {label}
      <input {...input} required />
    </label>
  );
}
