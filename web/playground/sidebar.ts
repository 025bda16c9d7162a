const PHONE = '(max-width: 700px)';

/** Unfolds a panel. GraphiQL does so only for a click in its side bar, so this is one. */
export function showPanel(title: string): void {
  click(`Show ${title}`);
}

/** Folds a panel where it covers the editors: on a phone, as playground.css says. */
export function uncoverEditors(title: string): void {
  if (matchMedia(PHONE).matches) click(`Hide ${title}`);
}

function click(label: string): void {
  document.querySelector<HTMLElement>(`.graphiql-sidebar [aria-label="${label}"]`)?.click();
}
