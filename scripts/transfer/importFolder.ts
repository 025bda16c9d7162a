import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type Api, ApiError } from './api.ts';
import { describeMarkdown } from './describeMarkdown.ts';
import { eachConcurrently } from './eachConcurrently.ts';
import { type ExportedMemo, readManifest } from './manifest.ts';
import { findMarkdownFiles } from './markdownFiles.ts';
import { memoUlid } from './memoUlid.ts';
import { CREATE_MEMO, listMemos, READ_MEMO, type RemoteMemo, UPDATE_MEMO } from './operations.ts';
import type { Progress } from './progress.ts';

const FILES_AT_ONCE = 8;
/** UTF-8 needs at most 3 bytes for a UTF-16 unit: a larger file can't be a body of 100,000 units. */
const MAX_FILE_BYTES = 300_000;

/** What became of a file. */
export type Outcome =
  | 'created'
  | 'updated'
  | 'unchanged'
  | 'purged before'
  | 'in the trash'
  | 'edited in Memopad since';

export interface ImportReport {
  readonly counts: ReadonlyMap<Outcome, number>;
  readonly failures: readonly { readonly path: string; readonly reason: string }[];
}

export interface ImportOptions {
  readonly api: Api;
  readonly folder: string;
  readonly padId: string;
  readonly startProgress: (total: number) => Progress;
}

/**
 * Makes a memo of every Markdown file below a folder. The ulid follows from pad, folder name and
 * path: a second run changes nothing, an edited file updates its memo.
 * @throws when the folder can't be read or the API refuses the token; a single file's failure is reported instead.
 */
export async function importFolder(options: ImportOptions): Promise<ImportReport> {
  const { api, folder, padId, startProgress } = options;
  const paths = await findMarkdownFiles(folder);
  const exported = await readManifest(folder, padId);
  const known = new Set((await listMemos(api, padId)).map((memo) => memo.id));
  const counts = new Map<Outcome, number>();
  const failures: { path: string; reason: string }[] = [];
  const progress = startProgress(paths.length);
  try {
    await eachConcurrently(paths, FILES_AT_ONCE, async (path) => {
      try {
        const file = await readMarkdown(folder, path, padId, exported.get(path));
        const outcome = await importFile(api, file, known);
        counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      } catch (error) {
        if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') throw error;
        failures.push({ path, reason: error instanceof Error ? error.message : String(error) });
      }
      progress.advance();
    });
  } finally {
    progress.stop();
  }
  return { counts, failures: failures.sort((a, b) => a.path.localeCompare(b.path)) };
}

interface MarkdownFile {
  readonly padId: string;
  readonly ulid: string;
  readonly title: string;
  readonly body: string;
  readonly tags: readonly string[];
  readonly createdAt: string;
  readonly modifiedAtMs: number;
  readonly state?: 'ACTIVE' | 'ARCHIVED';
}

async function readMarkdown(
  folder: string,
  path: string,
  padId: string,
  exported: ExportedMemo | undefined,
): Promise<MarkdownFile> {
  const file = join(folder, path);
  const { size, mtimeMs, birthtimeMs } = await stat(file);
  if (size > MAX_FILE_BYTES) {
    throw new Error(`expected at most ${MAX_FILE_BYTES} bytes, got ${size}`);
  }
  const body = decodeUtf8(await readFile(file));
  const { title, tags, createdAtMs } = describeMarkdown(path, body);
  const oldestMs = createdAtMs ?? Math.min(mtimeMs, birthtimeMs || mtimeMs);
  const described = {
    ulid: memoUlid(padId, basename(resolve(folder)), path),
    title,
    tags,
    createdAt: new Date(Math.max(0, Math.min(oldestMs, Date.now()))).toISOString(),
  };
  return { padId, body, modifiedAtMs: mtimeMs, ...described, ...exported };
}

/** Keeps a byte order mark: the body is exported with the very same bytes. */
function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error('expected UTF-8 text, got other bytes');
  }
}

async function importFile(
  api: Api,
  file: MarkdownFile,
  known: ReadonlySet<string>,
): Promise<Outcome> {
  const id = `${file.padId}.${file.ulid}`;
  return known.has(id) ? updateFromFile(api, id, file) : createFromFile(api, file);
}

async function createFromFile(api: Api, file: MarkdownFile): Promise<Outcome> {
  const { modifiedAtMs: _, state, ...input } = file;
  try {
    const { createMemo } = await api<{ createMemo: { id: string } }>(CREATE_MEMO, { input });
    if (state === 'ARCHIVED') await api(UPDATE_MEMO, { input: { id: createMemo.id, state } });
    return 'created';
  } catch (error) {
    if (error instanceof ApiError && error.code === 'CONFLICT') return 'purged before';
    throw error;
  }
}

async function updateFromFile(api: Api, id: string, file: MarkdownFile): Promise<Outcome> {
  const { memo } = await api<{ memo: RemoteMemo }>(READ_MEMO, { id });
  const { title, body, tags } = file;
  if (memo.state === 'TRASHED') return 'in the trash';
  if (memo.body === body && memo.title === title && sameTags(memo.tags, tags)) return 'unchanged';
  if (wasEditedSince(memo, file)) return 'edited in Memopad since';
  await api(UPDATE_MEMO, { input: { id, expectedVersion: memo.version, title, body, tags } });
  return 'updated';
}

function sameTags(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((tag, index) => tag === other[index]);
}

/** A memo that was written again after the file was: the memo wins, nothing of it is lost. */
function wasEditedSince(memo: RemoteMemo, file: MarkdownFile): boolean {
  return memo.version > 1 && Date.parse(memo.updatedAt) > file.modifiedAtMs;
}
