import { createHash } from 'node:crypto';
import { ulidFromBytes } from '#domain/viewer/ulid.ts';

/**
 * The ulid of the memo a file becomes: always the same for the same pad, folder name and path, so
 * that importing again finds the memo instead of making another.
 */
export function memoUlid(padId: string, folderName: string, path: string): string {
  const name = [padId, folderName, path].map((part) => part.normalize('NFC')).join('\0');
  return ulidFromBytes(createHash('sha256').update(name).digest());
}
