import { describe, expect, test } from '@jest/globals';
import type { SubscriptionStore } from '#table/live/subscriptions.ts';
import { batchesOf, initialisedClient, seqsOf, WATCH, watch } from '#tests/live/client.ts';
import { givenPerson, logChange } from '#tests/live/people.ts';
import { type LiveScene, useLiveScene } from '#tests/live/scene.ts';

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
