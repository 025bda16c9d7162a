/** A subscription to `memoChanges` that can be resumed. */
export interface WatchDocument {
  /** The caller's document, with `since` given by a variable, and a batch that always tells where it stands. */
  readonly query: string;
  /** The variable that gives `since`. */
  readonly variable: string;
  /** The cursor that stood in the document itself. */
  readonly since: string | undefined;
  /** The name of the batch in an answer: `memoChanges`, or the caller's alias. */
  readonly key: string;
}

const COMMENT = /("(?:\\.|[^"\\])*")|#.*/g;
/** Its alias, arguments and directives, up to the selection. An argument here never holds a bracket. */
const FIELD = /(?:(\w+)\s*:\s*)?\bmemoChanges\s*\(([^)]*)\)[^{}]*\{/;
const SINCE = /\bsince\s*:\s*(?:\$(\w+)|"+([^"]*)"+|null\b)/;
const HEAD = /\bsubscription\b(?:\s+\w+)?\s*(\(?)/;
const NEEDED = ' padId from to caughtUp reset';

/**
 * Prepares a document by its text: the parser of graphql weighs five times what this client does. Where
 * the text is none that a service would take, the service says so.
 *
 * @returns undefined when the document watches no changes
 */
export function readWatchDocument(text: string): WatchDocument | undefined {
  const query = text.replace(COMMENT, '$1');
  const [field, key = 'memoChanges', given = ''] = FIELD.exec(query) ?? [];
  if (!field || !HEAD.test(query)) return undefined;
  const [argument, named, since] = SINCE.exec(given) ?? [];
  // The service leaves `since` out of account when it looks for equal subscriptions, so it is the name to have.
  const variable = named ?? (/\$since\b/.test(query) ? 'sinceCursor' : 'since');
  const rest = argument ? given.replace(argument, '') : given;
  const resumable = `${field.replace(given, () => `${rest} since: $${variable}`)}${NEEDED}`;
  const watching = query.replace(field, () => resumable);
  return { query: named ? watching : declare(watching, variable), variable, since, key };
}

function declare(query: string, variable: string): string {
  return query.replace(HEAD, (head, bracket) =>
    bracket ? `${head}$${variable}: String ` : `${head.trimEnd()}($${variable}: String) `,
  );
}
