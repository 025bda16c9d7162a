import { expect, test } from '@jest/globals';
import type { AskGateway } from '#live/push/askGateway.ts';
import { batchesOf, initialisedClient, watch } from '#tests/live/client.ts';
import { givenPerson } from '#tests/live/people.ts';
import { useLiveScene } from '#tests/live/scene.ts';

const scene = useLiveScene();

const withTasks = (names: readonly string[]): string => {
  const tasks = names.map((name) => `${name}: tasks { text done }`).join(' ');
  return `subscription ($padId: ID!) { memoChanges(padId: $padId) {
    caughtUp changes { seq memo { body ${tasks} } } } }`;
};

async function subscribe(query: string, ask?: AskGateway) {
  const person = await givenPerson(scene);
  const client = await initialisedClient(scene, person);
  scene.ask = ask;
  await watch(client, { padId: person.userId }, query);
  scene.ask = undefined;
  return client;
}

test('what weighs too much by the page is refused before anybody watches with it', async () => {
  const client = await subscribe(withTasks(['a', 'b', 'c']));
  expect(client.heard().at(-1)).toMatchObject({
    type: 'error',
    id: 'watch',
    payload: [
      {
        message: expect.stringContaining('fewer bodies and tasks'),
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ],
  });
  expect(await scene.subscriptions.listOfConnection(client.connectionId)).toEqual([]);
});

test('what the gateway takes by the page is watched, though there may be too much for one answer', async () => {
  const lighter = await subscribe(withTasks(['a', 'b']));
  expect(batchesOf(lighter)).toMatchObject([{ caughtUp: true }]);
  const much = await subscribe(withTasks(['d']), async ({ query }) => {
    if (!query.includes('first:1)')) {
      return { errors: [{ message: '', extensions: { code: 'PAYLOAD_TOO_LARGE' } }] };
    }
    const batch = { live_to: '0.0', live_reset: false, changes: [] };
    return { data: { memoChanges: batch } };
  });
  expect(batchesOf(much)).toMatchObject([{ caughtUp: true }]);
});
