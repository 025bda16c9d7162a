import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type Api, ApiError } from './api.ts';
import { describeMarkdown } from './describeMarkdown.ts';
import { eachConcurrently } from './eachConcurrently.ts';
import { fingerprint, type ImportRecord, readRecord, writeRecord } from './importRecord.ts';
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
  | 'kept as it is in Memopad';

export interface ImportReport {
  readonly counts: ReadonlyMap<Outcome, number>;
  readonly failures: readonly { readonly path: string; readonly reason: string }[];
  /** Whether the folder could keep what was written: without it the next import updates nothing. */
  readonly isRecorded: boolean;
}

export interface ImportOptions {
  readonly api: Api;
  readonly folder: string;
  readonly padId: string;
  readonly startProgress: (total: number) => Progress;
}

/**
 * Makes a memo of every Markdown file below a folder. The ulid follows from pad, folder name and
 * path: a second run changes nothing, an edited file updates its memo, unless somebody changed the
 * memo in Memopad since the import wrote it.
 * @throws when the folder can't be read or the API refuses the token; a single file's failure is reported instead.
 */
export async function importFolder(options: ImportOptions): Promise<ImportReport> {
  const { api, folder, padId, startProgress } = options;
  const paths = await findMarkdownFiles(folder);
  const exported = await readManifest(folder, padId);
  const known = new Set((await listMemos(api, padId)).map((memo) => memo.id));
  const record = await readRecord(folder);
  const counts = new Map<Outcome, number>();
  const failures: { path: string; reason: string }[] = [];
  const progress = startProgress(paths.length);
  try {
    await eachConcurrently(paths, FILES_AT_ONCE, async (path) => {
      try {
        const file = await readMarkdown(folder, path, padId, exported.get(path));
        const outcome = await importFile(api, file, known, record);
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
  const isRecorded = await writeRecord(folder, record);
  failures.sort((a, b) => a.path.localeCompare(b.path));
  return { counts, failures, isRecorded };
}

interface MarkdownFile {
  readonly padId: string;
  readonly ulid: string;
  readonly title: string;
  readonly body: string;
  readonly tags: readonly string[];
  readonly createdAt: string;
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
  return { padId, body, ...described, ...exported };
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
  record: ImportRecord,
): Promise<Outcome> {
  const id = `${file.padId}.${file.ulid}`;
  const outcome = known.has(id)
    ? await updateFromFile(api, id, file, record.get(id))
    : await createFromFile(api, file);
  if (RECORDED.includes(outcome)) record.set(id, fingerprint(file));
  return outcome;
}

/** After these the memo is what the file says. */
const RECORDED: readonly Outcome[] = ['created', 'updated', 'unchanged'];

async function createFromFile(api: Api, file: MarkdownFile): Promise<Outcome> {
  const { state, ...input } = file;
  try {
    const { createMemo } = await api<{ createMemo: { id: string } }>(CREATE_MEMO, { input });
    if (state === 'ARCHIVED') await api(UPDATE_MEMO, { input: { id: createMemo.id, state } });
    return 'created';
  } catch (error) {
    if (error instanceof ApiError && error.code === 'CONFLICT') return 'purged before';
    throw error;
  }
}

async function updateFromFile(
  api: Api,
  id: string,
  file: MarkdownFile,
  written: string | undefined,
): Promise<Outcome> {
  const { memo } = await api<{ memo: RemoteMemo }>(READ_MEMO, { id });
  const { title, body, tags } = file;
  const now = fingerprint(memo);
  if (memo.state === 'TRASHED') return 'in the trash';
  if (now === fingerprint(file)) return 'unchanged';
  // Somebody's work, or a memo of another folder with this name: it wins, nothing of it is lost.
  if (now !== written) return 'kept as it is in Memopad';
  await api(UPDATE_MEMO, { input: { id, expectedVersion: memo.version, title, body, tags } });
  return 'updated';
}
