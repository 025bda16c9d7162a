import { type Api, ApiError, type Session } from '#scripts/transfer/api.ts';

/** What was acknowledged, by pad: `<memo>@<version>`. */
export type Acknowledged = ReadonlyMap<string, ReadonlySet<string>>;

export interface WritingOptions {
  readonly sessions: readonly Session[];
  readonly padIds: readonly string[];
  /** How many writes to have acknowledged, each of which changed something. */
  readonly mutations: number;
  readonly writers?: number;
  /** How long a writer rests after each write, at most, in milliseconds; not at all by default. */
  readonly restMs?: number;
  readonly random: () => number;
  /** Called after each acknowledged write. */
  readonly onWrite?: (count: number) => void;
}

const MEMO = '{ id version }';
const CREATE = `mutation ($input: CreateMemoInput!) { memo: createMemo(input: $input) ${MEMO} }`;
const UPDATE = `mutation ($input: UpdateMemoInput!) { memo: updateMemo(input: $input) ${MEMO} }`;
const TRASH = `mutation ($id: ID!) { memo: trashMemo(id: $id) ${MEMO} }`;
const RESTORE = `mutation ($id: ID!) { memo: restoreMemo(id: $id) ${MEMO} }`;
const PURGE = 'mutation ($id: ID!) { purgeMemo(id: $id) }';

interface Written {
  readonly memo?: { readonly id: string; readonly version: number };
}

/** Writes into all pads until so much was acknowledged. Several writers at once, into the same memos. */
export async function write(options: WritingOptions): Promise<Acknowledged> {
  const { padIds, mutations, writers = 6, restMs = 0, random, onWrite } = options;
  const acknowledged = new Map(padIds.map((padId) => [padId, new Set<string>()]));
  const memos = new Map<string, string[]>(padIds.map((padId) => [padId, []]));
  let count = 0;
  const work = async (writer: number): Promise<void> => {
    for (let number = 0; count < mutations; number += 1) {
      const padId = pick(padIds, options.random);
      const written = await writeOnce(
        options,
        memos.get(padId) ?? [],
        padId,
        `${writer}/${number}`,
      );
      if (!written || !remember(written, acknowledged.get(padId))) continue;
      count += 1;
      onWrite?.(count);
      await new Promise((resolve) => setTimeout(resolve, random() * restMs));
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => work(writer)));
  return acknowledged;
}

/** Remembers a version. False when it was there before: who trashes what is in the trash writes nothing. */
function remember({ memo }: Written, versions: Set<string> | undefined): boolean {
  const version = memo && `${memo.id}@${memo.version}`;
  if (version === undefined) return true;
  if (!versions || versions.has(version)) return false;
  versions.add(version);
  return true;
}

/** Undefined when others were faster: the memo is gone, or changed all the time. */
async function writeOnce(
  { sessions, random }: WritingOptions,
  ids: string[],
  padId: string,
  title: string,
): Promise<Written | undefined> {
  const { api } = pick(sessions, random);
  const dice = random();
  try {
    if (ids.length < 3 || dice < 0.2) return await create(api, ids, padId, title);
    const id = pick(ids, random);
    if (dice < 0.75) return await api<Written>(UPDATE, { input: { id, title } });
    if (dice < 0.85) return await api<Written>(TRASH, { id });
    if (dice < 0.95) return await api<Written>(RESTORE, { id });
    ids.splice(ids.indexOf(id), 1);
    return await api<Written>(PURGE, { id });
  } catch (error) {
    if (error instanceof ApiError && PASSED.includes(error.code)) return undefined;
    throw error;
  }
}

const PASSED = ['CONFLICT', 'NOT_FOUND'];

async function create(api: Api, ids: string[], padId: string, title: string): Promise<Written> {
  const written = await api<Written>(CREATE, { input: { padId, title, body: `- [ ] ${title}` } });
  if (written.memo) ids.push(written.memo.id);
  return written;
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('Expected something to pick from.');
  return item;
}
