/**
 * What `extensions.setSubscriptionFilter` is given: one group must hold, and of a group all filters.
 * https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-enhanced-filtering.html
 */
export interface FilterSet {
  readonly filterGroup: readonly { readonly filters: readonly Filter[] }[];
}

export interface Filter {
  /** With dots into what is nested: `author.id`. */
  readonly fieldName: string;
  readonly operator: string;
  readonly value: unknown;
}

export function matchesFilters({ filterGroup }: FilterSet, payload: unknown): boolean {
  return filterGroup.some(({ filters }) => filters.every((filter) => matches(filter, payload)));
}

/**
 * Without enhanced filters a subscription gets what has, for every argument that was given, a field of
 * that name with that value. https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-data.html
 */
export function matchesArguments(
  given: Readonly<Record<string, unknown>>,
  payload: unknown,
): boolean {
  return Object.entries(given).every(([name, value]) => read(payload, name) === value);
}

function matches({ fieldName, operator, value }: Filter, payload: unknown): boolean {
  const compare = OPERATORS[operator];
  return compare?.(read(payload, fieldName), value) ?? false;
}

function read(payload: unknown, path: string): unknown {
  return (
    path
      .split('.')
      .reduce<unknown>(
        (at, name) =>
          typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined,
        payload,
      ) ?? null
  );
}

type Compare = (found: unknown, wanted: unknown) => boolean;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Numbers are compared with numbers and texts with texts. */
const ordered =
  (holds: (found: number | string, wanted: number | string) => boolean): Compare =>
  (found, wanted) =>
    ((typeof found === 'number' && typeof wanted === 'number') ||
      (typeof found === 'string' && typeof wanted === 'string')) &&
    holds(found, wanted);

const contains: Compare = (found, wanted) =>
  typeof found === 'string' ? found.includes(String(wanted)) : list(found).includes(wanted);

const atLeast = ordered((found, wanted) => found >= wanted);
const atMost = ordered((found, wanted) => found <= wanted);

const OPERATORS: Readonly<Record<string, Compare>> = {
  eq: (found, wanted) => found === wanted,
  ne: (found, wanted) => found !== wanted,
  le: atMost,
  lt: ordered((found, wanted) => found < wanted),
  ge: atLeast,
  gt: ordered((found, wanted) => found > wanted),
  contains,
  notContains: (found, wanted) => !contains(found, wanted),
  beginsWith: (found, wanted) => typeof found === 'string' && found.startsWith(String(wanted)),
  in: (found, wanted) => list(wanted).includes(found),
  notIn: (found, wanted) => !list(wanted).includes(found),
  between: (found, wanted) => atLeast(found, list(wanted)[0]) && atMost(found, list(wanted)[1]),
  containsAny: (found, wanted) => list(wanted).some((one) => contains(found, one)),
};
