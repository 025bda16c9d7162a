const JSON_TYPE = 'application/json';
const GRAPHQL_TYPE = 'application/graphql-response+json';

/** How a GraphQL response can be encoded, in the order of our own preference. */
const SUPPORTED = [JSON_TYPE, GRAPHQL_TYPE] as const;
export type ResponseMediaType = (typeof SUPPORTED)[number];

/** Clients send few distinct `Accept` headers. */
const REMEMBERED_HEADERS = 100;
const remembered = new Map<string, ResponseMediaType | null>();

/**
 * Chooses the media type of a response (RFC 9110 section 12.5.1); null when none is acceptable.
 * Without a preference it is `application/json`.
 * https://graphql.github.io/graphql-over-http/draft/#sec-Accept
 */
export function negotiateMediaType(accept: string | undefined): ResponseMediaType | null {
  if (accept === undefined || accept === '*/*' || accept === JSON_TYPE) return JSON_TYPE;
  const known = remembered.get(accept);
  if (known !== undefined) return known;
  const chosen = choose(accept.toLowerCase().split(',').map(readRange));
  if (remembered.size >= REMEMBERED_HEADERS) remembered.clear();
  remembered.set(accept, chosen);
  return chosen;
}

/** The media type of a request's body without its parameters, or null when its characters aren't UTF-8. */
export function readContentType(contentType: string): string | null {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith('charset='));
  return charset === undefined || /^charset="?utf-?8"?$/.test(charset) ? type.trim() : null;
}

interface Range {
  readonly type: string;
  readonly quality: number;
}

function readRange(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  return { type, quality: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
}

function choose(ranges: readonly Range[]): ResponseMediaType | null {
  const [best] = SUPPORTED.map((type) => match(type, ranges))
    .filter(({ quality }) => quality > 0)
    .sort(
      (a, b) => b.quality - a.quality || b.specificity - a.specificity || a.position - b.position,
    );
  return best?.type ?? null;
}

/** What the most specific range that covers a type says of it. */
function match(type: ResponseMediaType, ranges: readonly Range[]) {
  const covering = [type, 'application/*', '*/*'];
  for (const [index, name] of covering.entries()) {
    const position = ranges.findIndex((range) => range.type === name);
    const quality = ranges[position]?.quality;
    if (quality !== undefined) {
      return { type, quality, specificity: covering.length - index, position };
    }
  }
  return { type, quality: 0, specificity: 0, position: 0 };
}
