import type { HttpApiRoute } from './definition.ts';

export interface RouteMatch {
  readonly route: HttpApiRoute;
  /** What the variables of the path stand for, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Finds the route of a request, if there is one. @param path decoded, cut at its slashes: `/a/b` is `['a', 'b']` */
export type SelectRoute = (method: string, path: readonly string[]) => RouteMatch | undefined;

type Segment = { readonly kind: 'TEXT' | 'VARIABLE' | 'GREEDY'; readonly text: string };

interface Pattern {
  readonly route: HttpApiRoute;
  readonly method: string;
  readonly segments: readonly Segment[];
}

const DEFAULT = '$default';

/**
 * A full match comes before one with a greedy variable, that before `$default`; the more of the path a
 * route spells out, the better, and a method of its own is better than ANY.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation
 * @throws Error for a route key that is none
 */
export function createRouter(routes: readonly HttpApiRoute[]): SelectRoute {
  const fallback = routes.find(({ routeKey }) => routeKey === DEFAULT);
  const patterns = routes
    .filter(({ routeKey }) => routeKey !== DEFAULT)
    .map(parse)
    .sort((one, other) => rank(one).localeCompare(rank(other)));
  return (method, path) => {
    for (const pattern of patterns) {
      if (pattern.method !== method && pattern.method !== 'ANY') continue;
      const parameters = match(pattern.segments, path);
      if (parameters) return { route: pattern.route, parameters };
    }
    return fallback && { route: fallback, parameters: {} };
  };
}

function parse(route: HttpApiRoute): Pattern {
  const parts = /^(?<method>[A-Z]+) \/(?<path>.*)$/.exec(route.routeKey)?.groups;
  if (!parts?.method) {
    throw new Error(`Expected a route key like "GET /memos/{id}", got "${route.routeKey}".`);
  }
  return { route, method: parts.method, segments: (parts.path ?? '').split('/').map(parseSegment) };
}

function parseSegment(text: string): Segment {
  const name = /^\{(?<name>[^{}]+)\}$/.exec(text)?.groups?.name;
  if (name === undefined) return { kind: 'TEXT', text };
  return name.endsWith('+')
    ? { kind: 'GREEDY', text: name.slice(0, -1) }
    : { kind: 'VARIABLE', text: name };
}

const RANKS = { TEXT: '0', VARIABLE: '1', GREEDY: '2' } as const;

/** A text that sorts better routes first. */
function rank({ method, segments }: Pattern): string {
  const isGreedy = segments.some(({ kind }) => kind === 'GREEDY');
  const path = segments.map(({ kind }) => RANKS[kind]).join('');
  return `${isGreedy ? 1 : 0} ${path} ${method === 'ANY' ? 1 : 0}`;
}

/**
 * A slash at the end makes another path, with an empty last segment, which only a greedy variable takes
 * (https://github.com/storacha/w3infra/pull/166).
 */
function match(
  segments: readonly Segment[],
  path: readonly string[],
): Record<string, string> | undefined {
  const isGreedy = segments.at(-1)?.kind === 'GREEDY';
  if (isGreedy ? path.length < segments.length : path.length !== segments.length) return undefined;
  const pairs = segments.map((segment, index) => ({ segment, value: path[index] ?? '', index }));
  if (!pairs.every(({ segment, value }) => takes(segment, value))) return undefined;
  return Object.fromEntries(
    pairs
      .filter(({ segment }) => segment.kind !== 'TEXT')
      .map(({ segment: { kind, text }, value, index }) => [
        text,
        kind === 'GREEDY' ? path.slice(index).join('/') : value,
      ]),
  );
}

function takes({ kind, text }: Segment, value: string): boolean {
  if (kind === 'TEXT') return text === value;
  return kind === 'GREEDY' || value !== '';
}
