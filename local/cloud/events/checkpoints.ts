import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ResourceName } from '#local/cloud/template/template.ts';
import { replaceFile } from '#local/folder/replaceFile.ts';
import { UNFINISHED, writeAtomically } from '#local/folder/writeAtomically.ts';
import { StartError } from '#local/startError.ts';
import type { MappingDefinition } from './mapping.ts';

/** Where a mapping goes on after a restart. */
export interface Checkpoints {
  /** By lane; undefined when the mapping is new. */
  readonly saved: readonly string[] | undefined;
  /** Writes at once, and before anything else is written. */
  save(positions: readonly string[]): void;
  /** Writes soon what `read` says then, while everything else goes on. */
  saveSoon(read: () => readonly string[]): void;
  /** Writes what is still to be written; nothing after that. */
  close(): Promise<void>;
}

/** What is done and not yet written is delivered once more after a crash. */
const WRITE_AFTER_MS = 200;

interface Saved {
  readonly streamArn: string;
  readonly startingPosition: string;
  readonly positions: readonly string[];
}

/**
 * @param folder gets a file for each mapping. One in memory when left out
 * @param lanes how many there are: after a change of their number all begin where the last one was
 */
export function openCheckpoints(
  folder: string | undefined,
  { name, streamArn, startingPosition }: MappingDefinition,
  lanes: number,
): Checkpoints {
  const file = folder === undefined ? undefined : join(folder, fileName(name));
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
  let timer: NodeJS.Timeout | undefined;
  let readLatest: (() => readonly string[]) | undefined;
  let writing = Promise.resolve();
  let isClosed = false;
  const toText = (positions: readonly string[]): string => {
    const saved: Saved = { streamArn, startingPosition, positions };
    return `${JSON.stringify(saved, null, 2)}\n`;
  };
  const writeLatest = async (): Promise<void> => {
    const read = readLatest;
    if (file === undefined || !read) return;
    readLatest = undefined;
    try {
      await replaceFile(file, toText(read()));
    } catch (error) {
      readLatest ??= read;
      throw error;
    }
  };
  /** One after the other: a file must not get older. */
  const write = (): Promise<void> => {
    writing = writing.catch(() => {}).then(writeLatest);
    return writing;
  };
  const writeLater = (): void => {
    timer ??= setTimeout(async () => {
      // A full disk must not stop the service: until it has room again, more would be delivered twice after a crash.
      await write().catch(() => {});
      timer = undefined;
      if (readLatest && !isClosed) writeLater();
    }, WRITE_AFTER_MS).unref();
  };
  return {
    // A mapping whose stream or start is changed is replaced on AWS.
    saved: spread(readSaved(file, streamArn, startingPosition), lanes),
    save(positions) {
      if (file !== undefined) writeAtomically(file, toText(positions));
    },
    saveSoon(read) {
      if (isClosed || file === undefined) return;
      readLatest = read;
      writeLater();
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      return write();
    },
  };
}

const fileName = ({ stack, id }: ResourceName): string => `${stack}-${id}.json`;

function readSaved(
  file: string | undefined,
  streamArn: string,
  startingPosition: string,
): readonly string[] | undefined {
  if (file === undefined || !existsSync(file)) return undefined;
  const saved = read(file);
  const isSame = saved.streamArn === streamArn && saved.startingPosition === startingPosition;
  return isSame ? saved.positions : undefined;
}

function read(file: string): Saved {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new StartError(
      `Expected ${file} to hold places in a stream as JSON. Put it back, or delete it: then the stream is read as if it were new.`,
    );
  }
}

function spread(positions: readonly string[] | undefined, lanes: number) {
  if (!positions || positions.length === lanes) return positions;
  return Array.from({ length: lanes }, () => earliest(positions));
}

/** Positions have as many digits, so they sort as texts. */
export const earliest = (positions: readonly string[]): string =>
  positions.reduce((one, other) => (one < other ? one : other));

/** Whether every mapping of the last start has done all of a stream up to this position. */
export function isDone(folder: string, streamArn: string, end: string): boolean {
  if (!existsSync(folder)) return true;
  return readdirSync(folder)
    .filter((name) => !name.endsWith(UNFINISHED))
    .map((name) => read(join(folder, name)))
    .filter((saved) => saved.streamArn === streamArn)
    .every(({ positions }) => positions.every((position) => position >= end));
}

/** A mapping that was taken out of its template and comes back is a new one. */
export function forgetOthers(
  folder: string,
  mappings: readonly Pick<MappingDefinition, 'name'>[],
): void {
  if (!existsSync(folder)) return;
  const kept = new Set(mappings.map(({ name }) => fileName(name)));
  for (const name of readdirSync(folder)) if (!kept.has(name)) rmSync(join(folder, name));
}
