interface Filter {
  readonly fieldName: string;
  readonly operator: string;
  readonly value: unknown;
}

export interface SubscriptionFilter {
  readonly filterGroup: readonly { readonly filters: readonly Filter[] }[];
}

type Wish = Readonly<Record<string, unknown>>;

const OPERATORS = [
  'eq',
  'ne',
  'le',
  'lt',
  'ge',
  'gt',
  'contains',
  'notContains',
  'beginsWith',
  'in',
  'notIn',
  'between',
  'containsAny',
];

/**
 * `util.transform.toSubscriptionFilter`: a wish with `and` and `or` as groups, of which one must
 * match, of filters, which all must match. With rules, one of them must match too.
 */
export function subscriptionFilter(
  wish: Wish | null,
  ignoredFields?: readonly string[] | null,
  rules?: Wish | null,
): SubscriptionFilter {
  const wished = alternatives(wish ?? {}, ignoredFields ?? []);
  const ruled = filtersOf(rules ?? {}, []).map((rule) => [rule]);
  const groups = ruled.length > 0 ? combine(wished, ruled) : wished;
  return {
    filterGroup: groups.filter((filters) => filters.length > 0).map((filters) => ({ filters })),
  };
}

/** Groups of filters, any of which is enough. */
function alternatives(wish: Wish, ignored: readonly string[]): readonly Filter[][] {
  let groups: readonly Filter[][] = [filtersOf(wish, ignored)];
  for (const part of listOf(wish.and)) groups = combine(groups, alternatives(part, ignored));
  const choices = listOf(wish.or).flatMap((part) => alternatives(part, ignored));
  return choices.length > 0 ? combine(groups, choices) : groups;
}

function filtersOf(wish: Wish, ignored: readonly string[]): Filter[] {
  return Object.entries(wish)
    .filter(([name]) => name !== 'and' && name !== 'or' && !ignored.includes(name))
    .flatMap(([fieldName, operations]) =>
      Object.entries(operations ?? {})
        .filter(([operator]) => OPERATORS.includes(operator))
        .map(([operator, value]) => ({ fieldName, operator, value })),
    );
}

function combine(ones: readonly Filter[][], others: readonly Filter[][]): readonly Filter[][] {
  return ones.flatMap((one) => others.map((other) => [...one, ...other]));
}

function listOf(value: unknown): readonly Wish[] {
  if (value == null) return [];
  return Array.isArray(value) ? value : [value as Wish];
}
