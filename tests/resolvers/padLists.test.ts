import { describe, expect, test } from '@jest/globals';
import {
  ACCEPT_INVITE,
  CREATE_PAD,
  givenInvite,
  givenPad,
} from '#tests/subgraphs/memo/operations.ts';
import { useAppSyncApi } from '#tests/support/appsyncApi.ts';
import { sharedPad } from './memoDocuments.ts';
import { padDoor } from './padDoor.ts';

const app = useAppSyncApi();
const { person } = padDoor(app);

describe('a viewer’s pads', () => {
  test('are all listed, however many reads that takes', async () => {
    const mina = person();
    const padIds: string[] = [];
    for (let count = 0; count < 120; count += 1) {
      app.nowMs += 1;
      padIds.push(await sharedPad(app, { [mina.id]: 'OWNER' }));
    }
    const { pads } = await mina.ask<{ pads: { id: string; role: string }[] }>(
      '{ pads { id role } }',
    );
    expect(pads.map(({ id }) => id)).toEqual([mina.id, ...padIds.reverse()]);
    const calls = await app.callsOf(() => mina.ask('{ pads { id } }'));
    expect(calls).toEqual(['Query', 'BatchGetItem', 'BatchGetItem', 'BatchGetItem']);
  });

  test('are at most 200 shared ones', async () => {
    const [mina, joon] = [person(), person()];
    for (let count = 0; count < 200; count += 1) await sharedPad(app, { [mina.id]: 'VIEWER' });
    const { id } = await givenPad(joon);
    const { secret } = await givenInvite(joon, id);
    for (const [operation, input] of [
      [CREATE_PAD, { name: 'One more' }],
      [ACCEPT_INVITE, { secret }],
    ] as const) {
      expect(await mina.refused(operation, input)).toBe(
        'BAD_USER_INPUT: Expected a viewer with fewer than 200 shared pads, got one with 200. Leave or delete a pad first.',
      );
    }
  });
});

describe('a selection', () => {
  test('with an alias that looks like a cheap field gets what it asks for', async () => {
    const user = await app.signUp('이준');
    const { pad } = await user.ask(
      'query ($id: ID!) { pad(id: $id) { members { user { id: displayName } } } }',
      { id: user.id },
    );
    expect(pad).toEqual({ members: [{ user: { id: '이준' } }] });
  });

  test('by a fragment gets what that selects', async () => {
    const user = await app.signUp('이준');
    const { pad } = await user.ask(
      `query ($id: ID!) { pad(id: $id) { members { user { ...Person } } } }
       fragment Person on User { id: displayName }`,
      { id: user.id },
    );
    expect(pad).toEqual({ members: [{ user: { id: '이준' } }] });
  });
});
