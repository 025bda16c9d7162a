import { TABLE_NAMES } from '#local/tableNames.ts';
import type { Target } from '#tests/bench/harness/load.ts';
import { createMemos, signIn } from '#tests/bench/service/client.ts';
import {
  type EngineRequest,
  type EngineTap,
  startEngineTap,
} from '#tests/bench/service/engineTap.ts';
import { type Endpoints, startMemopad } from '#tests/bench/service/memopad.ts';

export type OperationName = 'list' | 'get';

/** One operation as clients ask Memopad, and as Memopad asks the engine. */
export interface Operation {
  readonly bodies: readonly string[];
  readonly engineHeaders: Readonly<Record<string, string>>;
  readonly engineBodies: readonly string[];
}

/** A Memopad's data with what to ask of it. */
export interface Filled extends Readonly<Record<OperationName, Operation>> {
  /** Headers of a signed-in client. */
  headers(endpoints: Endpoints): Promise<Target['headers']>;
}

const LIST =
  '{ memos(first: 20) { nodes { id title excerpt tags color pinned version updatedAt } pageInfo { hasNextPage endCursor } } }';
const GET =
  'query Get($id: ID!) { memo(id: $id) { id title body tags color pinned version updatedAt } }';

/** Fills a new Memopad with memos, and finds out what it asks the engine for each operation. */
export async function fillMemopad(engine: string, dataDir: string, memos: number): Promise<Filled> {
  const tap = await startEngineTap(engine);
  const memopad = await startMemopad({ dataDir, engine: tap.endpoint });
  try {
    const { api, userId } = await signIn(memopad);
    const ids = await createMemos(api, userId, memos);
    const [firstId = ''] = ids;
    const list = await recordOne(tap, () => api(LIST));
    const get = await recordOne(tap, () => api(GET, { id: firstId }));
    return {
      list: operation([JSON.stringify({ query: LIST })], list, [list.body]),
      get: operation(
        ids.map((id) => JSON.stringify({ query: GET, variables: { id } })),
        get,
        ids.map((id) => get.body.replaceAll(ulidOf(firstId), ulidOf(id))),
      ),
      headers: async (endpoints) => ({ authorization: (await signIn(endpoints)).authorization }),
    };
  } finally {
    await memopad.stop();
    tap.close();
  }
}

/** The goals compare one operation with one request of the engine. What follows the stream meanwhile isn't the operation's. */
async function recordOne(tap: EngineTap, action: () => Promise<unknown>): Promise<EngineRequest> {
  await action(); // once before, so that nothing is fetched for the first time
  const requests = (await tap.record(action)).filter(isOfMemos);
  const [only] = requests;
  if (only && requests.length === 1) return only;
  throw new Error(`Expected one request to the engine for the operation, got ${requests.length}.`);
}

function isOfMemos({ headers, body }: EngineRequest): boolean {
  const isOfTables = headers['x-amz-target']?.startsWith('DynamoDB_');
  return isOfTables === true && JSON.parse(body).TableName === TABLE_NAMES.memo;
}

function operation(
  bodies: readonly string[],
  { headers }: EngineRequest,
  engineBodies: readonly string[],
): Operation {
  return { bodies, engineHeaders: headers, engineBodies };
}

/** A memo's id is `<padId>.<ULID>`. */
function ulidOf(memoId: string): string {
  return memoId.slice(memoId.indexOf('.') + 1);
}
