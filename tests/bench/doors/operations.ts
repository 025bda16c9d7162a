import { startEngine } from '#local/engine.ts';
import { TABLE_NAMES } from '#local/tableNames.ts';
import type { Target } from '#tests/bench/harness/load.ts';
import { createMemos, signIn } from '#tests/bench/service/client.ts';
import {
  type Endpoints,
  type Memopad,
  startMemopad,
  withFolder,
} from '#tests/bench/service/memopad.ts';
import { type MeteredEngine, meterEngine, type Units } from '#tests/parity/meteredEngine.ts';

export type DoorKind = 'federated' | 'appsync';

export interface Operation {
  readonly name: string;
  /** What clients send, one after the other. */
  readonly bodies: (memoIds: readonly string[]) => readonly string[];
}

const QUIET_MS = 500;
const CARD = 'id title excerpt tags color pinned version updatedAt';
const PAGE = 'pageInfo { hasNextPage endCursor }';
const EDIT = 'mutation ($input: UpdateMemoInput!) { updateMemo(input: $input) { id version } }';
const CREATE = 'mutation ($input: CreateMemoInput!) { createMemo(input: $input) { id version } }';
const body = (query: string, variables: object = {}) => JSON.stringify({ query, variables });

/** What is measured through both doors. */
export const OPERATIONS: readonly Operation[] = [
  {
    name: 'list of 20',
    bodies: () => [body(`{ memos(first: 20) { nodes { ${CARD} } ${PAGE} } }`)],
  },
  {
    name: 'list of 20 with authors’ names',
    bodies: () => [
      body(`{ memos(first: 20) { nodes { ${CARD} author { displayName } } ${PAGE} } }`),
    ],
  },
  {
    name: 'get one',
    bodies: (ids) =>
      ids.map((id) => body(`query ($id: ID!) { memo(id: $id) { ${CARD} body } }`, { id })),
  },
  {
    name: 'edit',
    // Every memo in turn, and then in another colour: each edit changes something.
    bodies: (ids) =>
      ['RED', 'TEAL'].flatMap((color) => ids.map((id) => body(EDIT, { input: { id, color } }))),
  },
  {
    name: 'create',
    bodies: () => [body(CREATE, { input: { title: 'One more', body: '- [ ] to do' } })],
  },
];

/** Where and as whom a door is asked. */
export async function targetOf(kind: DoorKind, memopad: Endpoints): Promise<Target> {
  const { authorization } = await signIn(memopad);
  if (kind === 'federated') return { url: memopad.federated, headers: { authorization } };
  if (!memopad.appsync) throw new Error('Expected a Memopad with the AppSync door.');
  const token = authorization.replace(/^Bearer /, '');
  return { url: memopad.appsync, headers: { authorization: token } };
}

/** Fills the demo account's personal pad. */
export async function fill(memopad: Memopad, count: number): Promise<string[]> {
  const { api, userId } = await signIn(memopad);
  return createMemos(api, userId, count);
}

/** What each operation consumes at each door, its part of the change log left out. */
export async function measureUnits(): Promise<ReadonlyMap<string, Units>> {
  const isLog = (request: string) => request.includes(TABLE_NAMES.live);
  const engine = await meterEngine(await startEngine(), { ignore: isLog });
  try {
    return await withFolder(async (dataDir) => {
      const memopad = await startMemopad({ dataDir, engine: engine.endpoint, form: 'templates' });
      try {
        const ids = await fill(memopad, 30);
        const units = new Map<string, Units>();
        for (const kind of ['federated', 'appsync'] as const) {
          const { url, headers } = await targetOf(kind, memopad);
          for (const { name, bodies } of OPERATIONS) {
            // The last of all: a colour that the memo hasn't got.
            const ask = bodies([ids[kind === 'appsync' ? 0 : 1] ?? '']).at(-1);
            await untilQuiet(engine);
            const used = await engine.measure(() => post(url, headers, ask));
            units.set(`${name}, ${kind}`, used);
          }
        }
        return units;
      } finally {
        await memopad.stop();
      }
    });
  } finally {
    await engine.stop();
  }
}

/** What follows earlier writes, isn't the next request's. */
async function untilQuiet({ measure }: MeteredEngine): Promise<void> {
  const busy = ({ read, write }: Units) => read + write > 0;
  while (busy(await measure(() => new Promise((resolve) => setTimeout(resolve, QUIET_MS))))) {
    // It isn't yet.
  }
}

async function post(url: string, headers: Target['headers'], body: string | undefined) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body && { body }),
  });
  const { errors } = JSON.parse(await answer.text());
  if (errors) throw new Error(JSON.stringify(errors));
}
