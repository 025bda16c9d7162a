import { randomBytes } from 'node:crypto';
import { BatchWriteItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { readMemoId } from '#domain/memo/memoId.ts';
import { createDrain } from '#live/stream/drain.ts';
import { createFollow, type Follow } from '#live/stream/follow.ts';
import { rememberHeads } from '#live/stream/rememberHeads.ts';
import { createSequencer } from '#live/stream/sequencer.ts';
import type { Image, StreamRecord } from '#live/stream/streamRecord.ts';
import type { createDynamoDb } from '#table/dynamoDb.ts';
import { memoKey, padKey } from '#table/keys.ts';
import { toWatcherItem } from '#table/live/subscriptionItem.ts';
import type { LiveSubscription } from '#table/live/subscriptions.ts';
import type { LiveScene } from '#tests/live/openScene.ts';
import { givenPerson, type TestPerson } from '#tests/live/people.ts';
import type { Units } from '#tests/support/meterClient.ts';

const UPDATE = 'mutation ($input: UpdateMemoInput!) { updateMemo(input: $input) { id } }';

export interface PadOptions {
  readonly scene: LiveScene;
  /** Its requests are not counted. */
  readonly plain: ReturnType<typeof createDynamoDb>;
  readonly units: Units;
  readonly watchers: number;
  readonly selection: string;
}

export type Pad = Awaited<ReturnType<typeof openPad>>;

/** Somebody's pad with a memo and its watchers, after a first change was told. */
export async function openPad(options: PadOptions) {
  const { scene, plain, units, watchers, selection } = options;
  const person = await givenPerson(scene);
  const { userId: padId } = person;
  const follow = followOf(scene);
  const { createMemo } = (await person.ask(
    'mutation { createMemo(input: { title: "Packing list" }) { id } }',
  )) as { createMemo: { id: string } };
  const read = async (): Promise<Image> => {
    const { ulid = '' } = readMemoId(createMemo.id) ?? {};
    const Key = marshall({ PK: padKey(padId), SK: memoKey(ulid) });
    const get = new GetItemCommand({ TableName: 'memo', Key, ConsistentRead: true });
    return (await plain.send(get)).Item ?? {};
  };
  await follow({ Records: [recordOf(undefined, await read())] });
  const connectionIds = await watch(options, person, watchers, selection);
  let version = 0;
  const edit = async (count: number): Promise<void> => {
    const Records: StreamRecord[] = [];
    for (let left = count; left > 0; left -= 1) {
      const before = await read();
      version += 1;
      await person.ask(UPDATE, { input: { id: createMemo.id, title: `Version ${version}` } });
      Records.push(recordOf(before, await read()));
    }
    await follow({ Records });
  };
  // Code, keys and what functions remember are there when it counts.
  await edit(1);
  return {
    ...{ padId, edit },
    posts: () => connectionIds.reduce((sum, id) => sum + scene.connections.posts(id), 0),
    async measure(action: () => Promise<unknown>): Promise<Units> {
      Object.assign(units, { read: 0, write: 0 });
      await action();
      return { ...units };
    },
  };
}

/** The stream's function. */
function followOf({ changes: log, subscriptions, push, now: clock }: LiveScene): Follow {
  const changes = rememberHeads(log, clock);
  const report = () => undefined;
  const membersOf = async () => [];
  return createFollow({
    sequencer: createSequencer({ log: changes, membersOf, clock, randomBytes, report }),
    drain: createDrain({ changes, subscriptions, push }),
    drainLater: (padId) => Promise.reject(new Error(`Expected ${padId} to be drained at once.`)),
    report,
  });
}

/** One subscribes as everybody does; the others' rows are made after that one's. */
async function watch(
  { scene, plain }: PadOptions,
  { authorization, userId: padId }: TestPerson,
  count: number,
  selection: string,
): Promise<string[]> {
  const connectionId = `first-${padId}`;
  const say = (message: { readonly type: string; readonly [name: string]: unknown }) =>
    scene.socket({
      requestContext: { routeKey: message.type, connectionId },
      body: JSON.stringify(message),
    });
  await say({ type: 'connection_init', payload: { authorization } });
  const query = `subscription { memoChanges(padId: "${padId}") { to ${selection} } }`;
  await say({ type: 'subscribe', id: '1', payload: { query } });
  const [first] = await scene.subscriptions.listLive(padId);
  if (!first) throw new Error('Expected the first watcher to be live.');
  const others = Array.from({ length: count - 1 }, (_, index) => ({
    ...first,
    // As long as those of API Gateway.
    connectionId: `L0SM9cOFv${String(index).padStart(6, '0')}=`,
  }));
  const items = others.map(toLiveItem);
  for (let start = 0; start < items.length; start += 25) {
    const live = items.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
    await plain.send(new BatchWriteItemCommand({ RequestItems: { live } }));
  }
  return [first, ...others].map((watcher) => watcher.connectionId);
}

const toLiveItem = ({ fromSeq, ...watcher }: LiveSubscription) => ({
  ...toWatcherItem(watcher),
  f: { N: String(fromSeq) },
});

let records = 0;

/** What the memo table's stream hands over. */
function recordOf(before: Image | undefined, after: Image): StreamRecord {
  records += 1;
  const { PK, SK } = after as Required<Image>;
  return {
    eventName: before ? 'MODIFY' : 'INSERT',
    dynamodb: {
      Keys: { ...(PK && { PK }), ...(SK && { SK }) },
      SequenceNumber: String(1_700_000_000_000_000_000_000n + BigInt(records)),
      ...(before && { OldImage: before }),
      NewImage: after,
    },
  };
}
