import { describe, expect, test } from '@jest/globals';
import type { ChangeLog } from '#domain/memo/changeLog.ts';
import { createDrain } from '#live/stream/drain.ts';
import type { SubscriptionStore } from '#table/live/subscriptions.ts';
import {
  batchesOf,
  initialisedClient,
  seqsOf,
  type TestClient,
  WATCH,
  watch,
} from '#tests/live/client.ts';
import type { LiveScene } from '#tests/live/openScene.ts';
import { givenPerson, headOf, logChange } from '#tests/live/people.ts';
import { useLiveScene } from '#tests/live/scene.ts';

const scene = useLiveScene();

describe('in a shared pad', () => {
  const PAD = 'mutation { createPad(name: "Home") { id } }';

  async function givenSharedPad(scene: LiveScene) {
    const [owner, member] = [await givenPerson(scene), await givenPerson(scene)];
    const padId = ((await owner.ask(PAD)) as { createPad: { id: string } }).createPad.id;
    const join = async () => {
      const invite = `mutation ($padId: ID!) { createInvite(padId: $padId, role: VIEWER) { secret } }`;
      const { createInvite } = (await owner.ask(invite, { padId })) as {
        createInvite: { secret: string };
      };
      await member.ask(
        'mutation ($secret: String!) { acceptInvite(secret: $secret) { id } }',
        createInvite,
      );
    };
    const leave = async () => {
      await member.ask('mutation ($padId: ID!) { leavePad(padId: $padId) }', { padId });
      await logChange(scene, padId, {
        kind: 'PAD_CHANGED',
        memoId: null,
        aboutPadId: padId,
        leftUserId: member.userId,
      });
    };
    await join();
    await logChange(scene, padId);
    return { owner, member, padId, join, leave };
  }

  const end = [
    {
      type: 'next',
      id: 'watch',
      payload: {
        data: null,
        errors: [
          { message: expect.stringMatching(/no longer/), extensions: { code: 'NOT_FOUND' } },
        ],
      },
    },
    { type: 'complete', id: 'watch' },
  ];

  test('who leaves gets nothing of what follows, and is told so; the others do', async () => {
    const { owner, member, padId, leave } = await givenSharedPad(scene);
    const [staying, leaving] = [
      await initialisedClient(scene, owner),
      await initialisedClient(scene, member),
    ];
    await watch(staying, { padId, since: '0.0' });
    await watch(leaving, { padId, since: '0.0' });
    await leave();
    await logChange(scene, padId);
    await scene.drain(padId);
    expect(seqsOf(staying)).toEqual([1, 2, 3]);
    expect(leaving.heard().slice(-2)).toEqual(end);
    expect(JSON.stringify(leaving.heard())).not.toContain('"seq":3');
    expect(await scene.subscriptions.listOfConnection(leaving.connectionId)).toEqual([]);
  });

  test('who leaves while catching up too', async () => {
    const { member, padId, leave } = await givenSharedPad(scene);
    const subscriptions = {
      ...scene.subscriptions,
      async startCatchingUp(...given: Parameters<SubscriptionStore['startCatchingUp']>) {
        await leave();
        await logChange(scene, padId);
        return scene.subscriptions.startCatchingUp(...given);
      },
    };
    const client = await initialisedClient(scene, member, scene.socketWith({ subscriptions }));
    await watch(client, { padId });
    expect(client.heard().slice(1)).toEqual(end);
    expect(await scene.subscriptions.listOfConnection(client.connectionId)).toEqual([]);
  });

  describe('who leaves while it catches up, where the replay jumps over that,', () => {
    const FOREIGN = '01ARZ3NDEKTSV4RRFFQ69G5FAV.3';

    /** Ended, with nothing sent of what followed, and nothing later. */
    async function expectEnd(padId: string, client: TestClient, reset: object[] = []) {
      await logChange(scene, padId);
      await scene.drain(padId);
      const resets = reset.map((batch) => expect.objectContaining(batch));
      expect(batchesOf(client).slice(0, -1)).toEqual(resets);
      expect(client.heard().slice(-2)).toEqual(end);
      expect(await scene.subscriptions.listOfConnection(client.connectionId)).toEqual([]);
    }

    test('from a cursor of another log: is told so', async () => {
      const { member, padId, leave } = await givenSharedPad(scene);
      const to = await headOf(scene, padId);
      const subscriptions = {
        ...scene.subscriptions,
        async startCatchingUp(...given: Parameters<SubscriptionStore['startCatchingUp']>) {
          await leave();
          await scene.drain(padId);
          return scene.subscriptions.startCatchingUp(...given);
        },
      };
      const client = await initialisedClient(scene, member, scene.socketWith({ subscriptions }));
      await watch(client, { padId, since: FOREIGN });
      await expectEnd(padId, client, [{ from: FOREIGN, to, reset: true, changes: [] }]);
    });

    test('because the log has a hole: is told so', async () => {
      const { member, padId, leave } = await givenSharedPad(scene);
      let reads = 0;
      const changes: ChangeLog = {
        ...scene.changes,
        async read(...given) {
          reads += 1;
          if (reads > 1) return scene.changes.read(...given);
          await leave();
          await scene.drain(padId);
          return [];
        },
      };
      const client = await initialisedClient(scene, member, scene.socketWith({ changes }));
      await watch(client, { padId, since: '0.0' });
      await expectEnd(padId, client);
    });

    test('because the gateway finds the log cut off: is told so', async () => {
      const { owner, member, padId, leave } = await givenSharedPad(scene);
      // Then the document is known, and not tried out again.
      await watch(await initialisedClient(scene, owner), { padId });
      const client = await initialisedClient(scene, member);
      scene.ask = async () => {
        scene.ask = undefined;
        await leave();
        await scene.drain(padId);
        const batch = { live_to: await headOf(scene, padId), live_reset: true, changes: [] };
        return { data: { memoChanges: batch } };
      };
      await watch(client, { padId, since: '0.0' });
      await expectEnd(padId, client);
    });
  });

  test('whose removal fails is removed by the next drain, and none passes it by', async () => {
    const { member, padId, leave } = await givenSharedPad(scene);
    const client = await initialisedClient(scene, member);
    await watch(client, { padId });
    await leave();
    const failing = {
      ...scene.subscriptions,
      remove: () => Promise.reject(new Error('no table')),
    };
    const push = scene.pushWith(scene.connections, failing);
    await expect(createDrain({ ...scene, push })(padId)).rejects.toThrow('no table');
    expect(client.heard().slice(-2)).toEqual(end);
    await logChange(scene, padId);
    await scene.drain(padId);
    expect(JSON.stringify(client.heard())).not.toContain('"seq":3');
    expect(await scene.subscriptions.listLive(padId)).toEqual([]);
  });

  test('whose name changes, the watchers of its members’ personal pads are told', async () => {
    const { member, padId } = await givenSharedPad(scene);
    const about = { kind: 'PAD_CHANGED', memoId: null, aboutPadId: padId } as const;
    const client = await initialisedClient(scene, member);
    await watch(
      client,
      { padId: member.userId },
      WATCH.replace('memo {', 'pad { id name createdAt } memo {'),
    );
    await logChange(scene, member.userId, about);
    await scene.drain(member.userId);
    const pad = { id: padId, name: 'Home', createdAt: expect.any(String) };
    expect(batchesOf(client).at(-1)?.changes).toMatchObject([
      { kind: 'PAD_CHANGED', memo: null, pad },
    ]);
    expect(client.heard().at(-1)?.payload).not.toHaveProperty('errors');
  });

  test('who left can’t begin, and who came back can, from before', async () => {
    const { member, padId, join, leave } = await givenSharedPad(scene);
    await leave();
    const client = await initialisedClient(scene, member);
    await watch(client, { padId, since: '0.0' }, WATCH, 'gone');
    expect(client.heard().slice(1)).toMatchObject([
      { type: 'error', id: 'gone', payload: [{ extensions: { code: 'NOT_FOUND' } }] },
    ]);
    await join();
    await watch(client, { padId, since: '0.0' });
    expect(seqsOf(client)).toEqual([1, 2]);
    await logChange(scene, padId);
    await scene.drain(padId);
    expect(seqsOf(client)).toEqual([1, 2, 3]);
  });
});
