import { createDynamoDb } from '#table/dynamoDb.ts';
import { openLiveScene } from '#tests/live/openScene.ts';
import { meterClient, type Units } from '#tests/support/meterClient.ts';
import { openPad, type Pad } from './costPad.ts';

/** What one change costs, in capacity units, posts and runs of a watcher's document. */
export interface Costs {
  /** Reading who watches a pad: 10 of 1,000 watchers, and all of them. */
  readonly tenOfMany: number;
  readonly all: number;
  /** A change with its memo's write, of one watcher who is shown the memo. */
  readonly alone: Units;
  /** Of 25 changes at once and 1,000 watchers, each; the reads without the one of each edit itself. */
  readonly inBurst: Units & { readonly postsEach: number };
  /** For 1,000 equal subscriptions. */
  readonly executions: number;
}

const MANY = 1_000;
const BURST = 25;
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const WITH_MEMO = 'changes { seq memo { title body } }';
const WITHOUT_MEMO = 'changes { seq kind memoId version }';

/** Measures on tables of their own, with the whole way from a write to the posts but for sockets. */
export async function measureCosts(endpoint: string): Promise<Costs> {
  const settings = { endpoint, region: 'local', credentials };
  const [metered, plain] = [createDynamoDb(settings), createDynamoDb(settings)];
  const units: Units = { read: 0, write: 0 };
  meterClient(metered, units);
  const scene = await openLiveScene({ dynamoDb: metered });
  const few = await openPad({ scene, plain, units, watchers: 10, selection: WITHOUT_MEMO });
  const many = await openPad({ scene, plain, units, watchers: MANY, selection: WITHOUT_MEMO });
  const single = await openPad({ scene, plain, units, watchers: 1, selection: WITH_MEMO });
  const listOf =
    ({ padId }: Pad) =>
    () =>
      scene.subscriptions.listLive(padId);
  try {
    const tenOfMany = (await few.measure(listOf(few))).read;
    const all = (await many.measure(listOf(many))).read;
    const alone = await single.measure(() => single.edit(1));
    const before = { posts: many.posts(), executions: scene.asked.length };
    const burst = await many.measure(() => many.edit(BURST));
    return {
      ...{ tenOfMany, all, alone },
      inBurst: {
        read: burst.read / BURST - 1,
        write: burst.write / BURST,
        postsEach: (many.posts() - before.posts) / BURST / MANY,
      },
      executions: scene.asked.length - before.executions,
    };
  } finally {
    await scene.memopad.stop();
    for (const client of [metered, plain]) client.destroy();
  }
}
