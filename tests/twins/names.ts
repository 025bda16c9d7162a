/** Names for what differs between twins by its nature: the first id met is `id 1` on both sides. */
export interface Names {
  /** A copy in which every id, time, cursor and secret has its name. */
  of(value: unknown): unknown;
}

const ULID = /[0-7][0-9A-HJKMNP-TV-Z]{25}/g;
const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
/** Texts whose making is the door's own affair; where the same comes again, it has the same name again. */
const OPAQUE: ReadonlySet<string> = new Set([
  'secret',
  'url',
  'cursor',
  'endCursor',
  'changesCursor',
  'from',
  'to',
  'accessToken',
  'refreshToken',
  'email',
]);

/** @param known ids that have names from the start: the people's */
export function createNames(known: readonly string[]): Names {
  const names = new Map(known.map((id, index) => [id, `person ${index}`]));
  const counts = new Map<string, number>();
  const nameOf = (text: string, kind: string): string => {
    const name = names.get(text) ?? `${kind} ${(counts.get(kind) ?? 0) + 1}`;
    if (!names.has(text)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    names.set(text, name);
    return name;
  };
  const nameText = (text: string): string =>
    text
      .replace(ULID, (id) => nameOf(id, 'id'))
      .replace(UUID, (id) => nameOf(id, 'id'))
      .replace(TIME, (time) => nameOf(time, 'time'));
  const name = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string') return OPAQUE.has(key) ? nameOf(value, key) : nameText(value);
    if (Array.isArray(value)) return value.map((one) => name(one));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).filter(([, field]) => field !== undefined);
    return Object.fromEntries(entries.map(([field, one]) => [field, name(one, field)]));
  };
  return { of: (value) => name(value) };
}
