import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Engine, startEngine } from '#local/engine.ts';
import { UNFINISHED } from '#local/folder/writeAtomically.ts';
import { copyTable } from './copyTable.ts';
import { type CallEngine, createEngineApi } from './engineApi.ts';
import { type EngineStream, openStream } from './engineStream.ts';
import { EXPIRIES_TABLE } from './expiries.ts';
import { findTable } from './findTable.ts';
import { createWireClient } from './wireClient.ts';

export interface CompactOptions {
  /** The database. */
  readonly file: string;
  /** Running on the file, and used by nobody else until this is done. */
  readonly engine: Engine;
  /** Starts an engine on the file again, after the one given was stopped. */
  readonly restart: () => Promise<Engine>;
  /** Whether everybody who reads a table's stream has come to its end. */
  readonly isRead: (tableName: string, end: string) => boolean | Promise<boolean>;
  /** Tells the person what takes a while. */
  readonly say: (text: string) => void;
  /** How long all streams together may be; 2,000 records when left out. */
  readonly maxRecords?: number | undefined;
}

const MAX_RECORDS = 2_000;
const SAY_EVERY_ITEMS = 10_000;

/**
 * The engine never forgets a stream's records and looks at all of them at every write: a thousand
 * of memos make it 2 ms slower. When there
 * are many, and all have been read, this copies the tables into a new file, which takes the old
 * one's place in one step. Whatever goes wrong before, the old one stays. @returns the engine to go on with
 */
export async function compactIfLarge(options: CompactOptions): Promise<Engine> {
  const { file, engine, restart, say } = options;
  const folder = `${file}${UNFINISHED}`;
  const copy = join(folder, 'copy.db');
  // A compaction may have been interrupted.
  rmSync(folder, { recursive: true, force: true });
  if (!(await isWorthIt(options))) return engine;
  say('Compacting the database …');
  mkdirSync(folder, { mode: 0o700 });
  let isStopped = false;
  try {
    await copyTables(engine.endpoint, copy, say);
    await engine.stop();
    isStopped = true;
    replace(file, copy);
  } catch (error) {
    say(`The database stays as it was: ${error instanceof Error ? error.message : error}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return isStopped ? restart() : engine;
}

async function isWorthIt(options: CompactOptions): Promise<boolean> {
  const { engine, isRead, maxRecords = MAX_RECORDS } = options;
  return withEngine(engine.endpoint, async (call) => {
    const streams = await openStreams(call);
    const ends = await Promise.all(streams.map((stream) => stream.latest()));
    if (ends.reduce((sum, end) => sum + end, 0) <= maxRecords) return false;
    const read = await Promise.all(
      streams.map(({ tableName, toPosition }, at) => isRead(tableName, toPosition(ends[at] ?? 0))),
    );
    return read.every(Boolean);
  });
}

async function openStreams(call: CallEngine): Promise<EngineStream[]> {
  const tables = await Promise.all(
    (await listTables(call)).map((tableName) => findTable(call, tableName)),
  );
  const streamed = tables.flatMap((table) => (table?.streamed ? [table.tableName] : []));
  return Promise.all(streamed.map((tableName) => openStream(call, tableName)));
}

/** Which deletions were expiries matters no longer: their records have been read. */
async function copyTables(
  endpoint: string,
  copy: string,
  say: (text: string) => void,
): Promise<void> {
  const fresh = await startEngine({ file: copy });
  let copied = 0;
  const onCopied = (items: number): void => {
    const before = Math.floor(copied / SAY_EVERY_ITEMS);
    copied += items;
    if (Math.floor(copied / SAY_EVERY_ITEMS) > before) say(`  ${copied} items are in the new file`);
  };
  try {
    await withEngine(endpoint, (from) =>
      withEngine(fresh.endpoint, async (to) => {
        for (const tableName of await listTables(from)) {
          if (tableName === EXPIRIES_TABLE.tableName) continue;
          await copyTable({ from, to, tableName, onCopied });
        }
      }),
    );
  } finally {
    await fresh.stop();
  }
}

async function withEngine<Result>(
  endpoint: string,
  use: (call: CallEngine) => Promise<Result>,
): Promise<Result> {
  const client = createWireClient({ endpoint });
  try {
    return await use(createEngineApi(client));
  } finally {
    client.close();
  }
}

async function listTables(call: CallEngine): Promise<string[]> {
  const { TableNames, LastEvaluatedTableName } = await call('ListTables', {});
  if (LastEvaluatedTableName) throw new Error('Expected at most 100 tables.');
  return TableNames as string[];
}

/** SQLite folds its write-ahead log into the file when it closes it; one that is left has what the file lacks. */
function replace(file: string, copy: string): void {
  for (const database of [file, copy]) {
    if (existsSync(`${database}-wal`)) throw new Error(`Expected ${database} to be closed.`);
  }
  const descriptor = openSync(copy, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(copy, file);
}
