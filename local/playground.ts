import { readdirSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { HttpHandler, HttpRequest, HttpResponse } from '#domain/viewer/httpMessage.ts';

const PATH = '/playground';
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
};
/** Everything in here has a hash of the sources in its path, so that it never changes. */
const UNCHANGING = 'assets/';
/** The editor sets styles by itself; nothing is loaded from elsewhere, and nobody may frame the page. */
const contentSecurityPolicy = (origins: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "worker-src 'self'",
    ["connect-src 'self'", ...origins].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

export interface PlaygroundOptions {
  /** What scripts/build-playground.js made. */
  readonly folder: string;
  /** What the page offers to sign in with, from `/playground/config.json`. */
  readonly demo?: { readonly email: string; readonly password: string } | undefined;
  /** Where the page watches changes: `ws://127.0.0.1:4002/live`. */
  readonly socket?: string | undefined;
  /** The AppSync door, which the page can ask instead. */
  readonly appsync?: AppSyncPlace | undefined;
  /** Answers every other path. */
  readonly next: HttpHandler;
}

export interface AppSyncPlace {
  /** `http://127.0.0.1:4003/graphql`. */
  readonly url: string;
  /** `ws://127.0.0.1:4003/graphql/realtime`. */
  readonly realtime: string;
  readonly apiKey: string;
}

/** Serves the built playground at `/playground` and leads `/` there. */
export function servePlayground(options: PlaygroundOptions): HttpHandler {
  const { folder, demo, socket, appsync, next } = options;
  const files = listFiles(folder);
  const elsewhere = [socket, appsync?.url, appsync?.realtime].filter((url) => url !== undefined);
  const policy = contentSecurityPolicy(elsewhere.map((url) => new URL(url).origin));
  return async (request) => {
    const { path } = request;
    if (path === '/') return redirect(PATH);
    if (path !== PATH && !path.startsWith(`${PATH}/`)) return next(request);
    const name = path.slice(PATH.length + 1) || 'index.html';
    if (name === 'config.json') return sendConfig({ demo, socket, appsync });
    return sendFile(name, { files, policy }, request);
  };
}

/** Only names found here are ever opened: no path, however written, leads out of the folder. */
function listFiles(folder: string): Map<string, string> {
  const entries = readEntries(folder).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [relative(folder, file).split(sep).join('/'), file];
    }),
  );
}

function readEntries(folder: string) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
}

function sendConfig(config: Pick<PlaygroundOptions, 'demo' | 'socket' | 'appsync'>): HttpResponse {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  };
  return { status: 200, headers, body: JSON.stringify(config) };
}

async function sendFile(
  name: string,
  { files, policy }: { readonly files: ReadonlyMap<string, string>; readonly policy: string },
  { method, headers: asked }: HttpRequest,
): Promise<HttpResponse> {
  const file = files.get(name);
  if (files.size === 0) return plain(503, 'The playground is not built. Run: npm run build');
  if (!file) return plain(404, 'There is no such file in the playground.');
  if (method !== 'GET') return plain(405, 'Expected GET or HEAD.', { allow: 'GET, HEAD' });
  const { size, mtimeMs } = await stat(file);
  const etag = `"${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}"`;
  const headers = {
    'content-type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream',
    'cache-control': name.startsWith(UNCHANGING)
      ? 'public, max-age=31536000, immutable'
      : 'no-cache',
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    etag,
  };
  if (asked['if-none-match'] === etag) return { status: 304, headers, body: '' };
  return { status: 200, headers, body: await readFile(file) };
}

function redirect(location: string): HttpResponse {
  return { status: 302, headers: { location, 'cache-control': 'no-store' }, body: '' };
}

function plain(status: number, body: string, headers: Record<string, string> = {}): HttpResponse {
  return {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      ...headers,
    },
    body,
  };
}
