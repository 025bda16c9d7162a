import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Hidden, so that no import takes it for a text; beside the files, so that it travels with them. */
export const RECORD_FILE = '.memopad-import.json';

/**
 * What an import last wrote, as a fingerprint by memo id: a memo that still has it was not touched in
 * Memopad since, whatever the clocks of files and services say.
 */
export type ImportRecord = Map<string, string>;

/** What of a memo an import writes. */
export interface Content {
  readonly title: string;
  readonly body: string;
  readonly tags: readonly string[];
}

export function fingerprint({ title, body, tags }: Content): string {
  return createHash('sha256')
    .update(JSON.stringify([title, body, tags]))
    .digest('base64url');
}

/** Empty for a folder that was never imported. A record that can't be read is treated alike: then nothing is overwritten. */
export async function readRecord(folder: string): Promise<ImportRecord> {
  try {
    const { memos } = JSON.parse(await readFile(join(folder, RECORD_FILE), 'utf8'));
    return new Map(Object.entries<string>(memos));
  } catch {
    return new Map();
  }
}

/** Whether it could be kept: a folder may be read-only. */
export async function writeRecord(folder: string, record: ImportRecord): Promise<boolean> {
  const file = join(folder, RECORD_FILE);
  const memos = Object.fromEntries([...record].sort());
  try {
    await writeFile(`${file}.tmp`, `${JSON.stringify({ memopadImport: 1, memos }, null, 1)}\n`);
    await rename(`${file}.tmp`, file);
    return true;
  } catch {
    return false;
  }
}
