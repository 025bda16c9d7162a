import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const MANIFEST_FILE = 'memopad-export.json';

/** What a Markdown file can't say of its memo: an export keeps it beside the files. */
export interface ExportedMemo {
  /** Left out when the export is another pad's: there the memo is a new one. */
  readonly ulid?: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly color: string;
  readonly pinned: boolean;
  readonly createdAt: string;
  readonly state: 'ACTIVE' | 'ARCHIVED';
}

export interface Manifest {
  readonly memopadExport: 1;
  readonly padId: string;
  /** By path, relative to the folder. */
  readonly files: Readonly<Record<string, ExportedMemo>>;
}

/** What an export says of its files; nothing for a folder that isn't one. */
export async function readManifest(
  folder: string,
  padId: string,
): Promise<Map<string, ExportedMemo>> {
  const manifest = await readJson(join(folder, MANIFEST_FILE));
  if (manifest?.memopadExport !== 1) return new Map();
  const files = Object.entries(manifest.files);
  if (manifest.padId === padId) return new Map(files);
  return new Map(files.map(([path, { ulid: _, ...memo }]) => [path, memo]));
}

async function readJson(file: string): Promise<Manifest | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Manifest;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${MANIFEST_FILE} can't be read; mend it or remove it.`, { cause: error });
  }
}
