import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ResourceName } from '#local/cloud/template/template.ts';
import { UNFINISHED, writeAtomically } from '#local/folder/writeAtomically.ts';
import { StartError } from '#local/startError.ts';
import type { MappingDefinition } from './mapping.ts';

/** Where a mapping goes on after a restart. */
export interface Checkpoints {
  /** By lane; undefined when the mapping is new. */
  readonly saved: readonly string[] | undefined;
  /** Writes at once. */
  save(positions: readonly string[]): void;
  /** Writes soon what `read` says then. */
  saveSoon(read: () => readonly string[]): void;
  /** Writes what is still to be written; nothing after that. */
  close(): void;
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
  let isClosed = false;
  const save = (positions: readonly string[]): void => {
    const saved: Saved = { streamArn, startingPosition, positions };
    if (file !== undefined) writeAtomically(file, `${JSON.stringify(saved, null, 2)}\n`);
  };
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (readLatest) save(readLatest());
    readLatest = undefined;
  };
  const flushLater = (): void => {
    timer ??= setTimeout(() => {
      try {
        flush();
      } catch {
        // A full disk must not stop the service: until it has room again, more would be delivered twice after a crash.
        flushLater();
      }
    }, WRITE_AFTER_MS).unref();
  };
  return {
    // A mapping whose stream or start is changed is replaced on AWS.
    saved: spread(readSaved(file, streamArn, startingPosition), lanes),
    save,
    saveSoon(read) {
      if (isClosed) return;
      readLatest = read;
      flushLater();
    },
    close() {
      flush();
      isClosed = true;
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
