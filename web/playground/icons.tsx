import type { SVGProps } from 'react';

type Props = SVGProps<SVGSVGElement>;

/** A person: the account panel. */
export function AccountIcon(props: Props) {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" {...props}>
      <title>Account</title>
      <circle cx="12" cy="8" r="4.25" />
      <path d="M3.75 21c.6-4.4 4-6.75 8.25-6.75S19.65 16.6 20.25 21" strokeLinecap="round" />
    </svg>
  );
}

/** A stack of cards: the examples panel. */
export function ExamplesIcon(props: Props) {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" {...props}>
      <title>Examples</title>
      <rect x="3.75" y="3.75" width="16.5" height="6.5" rx="1.75" />
      <rect x="3.75" y="13.75" width="16.5" height="6.5" rx="1.75" />
      <path d="M7 7h6M7 17h9" strokeLinecap="round" />
    </svg>
  );
}
