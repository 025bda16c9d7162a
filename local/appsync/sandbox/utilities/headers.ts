/** What AppSync doesn't hand on, or says itself. https://docs.aws.amazon.com/appsync/latest/devguide/http-helpers-in-utils-http-js.html */
const RESTRICTED = [
  'transfer-encoding',
  'connection',
  'host',
  'expect',
  'keep-alive',
  'upgrade',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'content-length',
];
const RESTRICTED_PREFIXES = ['x-amzn-', 'x-amz-'];

/** `util.http.copyHeaders`: without those that belong to one connection. */
export function copyHeaders(headers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = Object.entries(headers).filter(([name]) => !RESTRICTED.includes(name.toLowerCase()));
  return Object.fromEntries(kept);
}

/** `util.http.addResponseHeader`. Restricted names are left out without a word, as AWS does. */
export function putHeader(headers: Record<string, unknown>, name: string, value: unknown): void {
  const lower = name.toLowerCase();
  if (RESTRICTED.includes(lower)) return;
  if (RESTRICTED_PREFIXES.some((prefix) => lower.startsWith(prefix))) return;
  headers[name] = value;
}
