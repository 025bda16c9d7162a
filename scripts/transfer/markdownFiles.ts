import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const MARKDOWN = ['.md', '.markdown'];

/**
 * The Markdown files below a folder as paths relative to it, with `/`, sorted. Hidden files and
 * folders are left out, links are not followed: neither is a text somebody keeps there.
 */
export async function findMarkdownFiles(folder: string, below = ''): Promise<string[]> {
  const entries = await readFolder(join(folder, below));
  const visible = entries.filter((entry) => !entry.name.startsWith('.'));
  const found = visible.filter(isMarkdownFile).map((entry) => relativePath(below, entry));
  for (const entry of visible.filter((one) => one.isDirectory())) {
    found.push(...(await findMarkdownFiles(folder, relativePath(below, entry))));
  }
  return found.sort();
}

/** @throws naming the folder that isn't one */
async function readFolder(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`Expected a folder that can be read, got ${folder} (${code}).`);
  }
}

function isMarkdownFile(entry: Dirent): boolean {
  const name = entry.name.toLowerCase();
  return entry.isFile() && MARKDOWN.some((ending) => name.endsWith(ending));
}

function relativePath(below: string, entry: Dirent): string {
  return below ? `${below}/${entry.name}` : entry.name;
}
