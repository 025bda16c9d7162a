import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Api } from './api.ts';
import { type ExportedMemo, MANIFEST_FILE, type Manifest } from './manifest.ts';
import { type KeptMemo, readMemos } from './operations.ts';
import type { Progress } from './progress.ts';

const MAX_NAME = 60;

export interface ExportOptions {
  readonly api: Api;
  readonly folder: string;
  readonly padId: string;
  readonly startProgress: (total: number) => Progress;
}

/**
 * Writes every active and archived memo of a pad as a Markdown file with exactly its body, and a
 * manifest with the rest, so that importing the folder again changes nothing. Gives the number of files.
 * @throws when the folder exists and isn't empty: nothing is ever overwritten.
 */
export async function exportPad({
  api,
  folder,
  padId,
  startProgress,
}: ExportOptions): Promise<number> {
  await makeEmptyFolder(folder);
  const memos = await readMemos(api, padId);
  const progress = startProgress(memos.length);
  const files: Record<string, ExportedMemo> = {};
  try {
    for (const memo of memos) {
      const name = fileName(memo);
      await writeFile(join(folder, name), memo.body);
      files[name] = describe(memo);
      progress.advance();
    }
  } finally {
    progress.stop();
  }
  const manifest: Manifest = { memopadExport: 1, padId, files };
  await writeFile(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
  return memos.length;
}

async function makeEmptyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const entries = await readdir(folder);
  if (entries.length === 0) return;
  throw new Error(`Expected an empty folder, got ${folder} with ${entries.length} entries.`);
}

/** The title for people, the ulid for uniqueness: two memos may share a title. */
function fileName({ id, title }: KeptMemo): string {
  const words = title.normalize('NFC').replace(/[^\p{L}\p{N}\p{M}._-]+/gu, '-');
  const characters = [...words.replace(/^[-.]+/, '')].slice(0, MAX_NAME).join('');
  return `${characters || 'memo'}.${ulidOf(id)}.md`;
}

function describe(memo: KeptMemo): ExportedMemo {
  const { id, title, tags, color, pinned, createdAt, state } = memo;
  return { ulid: ulidOf(id), title, tags, color, pinned, createdAt, state };
}

function ulidOf(memoId: string): string {
  return memoId.split('.')[1] ?? memoId;
}
