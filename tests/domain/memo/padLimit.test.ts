import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { acceptInvite } from '#domain/memo/acceptInvite.ts';
import { createInvite } from '#domain/memo/createInvite.ts';
import { createPad } from '#domain/memo/createPad.ts';
import { createInviteStore } from '#table/memo/inviteStore.ts';
import { createPadStore } from '#table/memo/padStore.ts';
import { MEMO_TABLE } from '#table/tables.ts';
import { useTable } from '#tests/support/engine.ts';
import { NOW, someViewer } from '#tests/support/memos.ts';

const table = useTable(MEMO_TABLE);

/** Real stores, for a user who seems to have so many pads more than they have. */
function portsWith(morePads: number) {
  const store = createPadStore(table);
  const countPads = async (userId: string) => morePads + (await store.countPads(userId));
  const pads = { ...store, countPads };
  const invites = createInviteStore(table);
  return { pads, members: pads, invites, clock: () => NOW, randomBytes };
}

const refusal = {
  code: 'BAD_USER_INPUT',
  message:
    'Expected a viewer with fewer than 200 shared pads, got one with 200. Leave or delete a pad first.',
};

describe('a viewer with 199 shared pads', () => {
  test('makes one more, and then none', async () => {
    const [ports, mina] = [portsWith(199), someViewer()];
    await createPad(ports, mina, 'Last');
    await expect(createPad(ports, mina, 'Too many')).rejects.toMatchObject(refusal);
  });

  test('accepts one more invite, and then only those of pads they are in', async () => {
    const [ports, mina, joon] = [portsWith(199), someViewer(), someViewer()];
    const secrets: string[] = [];
    for (const name of ['Home', 'Work']) {
      const { id: padId } = await createPad(portsWith(0), joon, name);
      secrets.push((await createInvite(ports, joon, { padId, role: 'EDITOR' })).secret);
    }
    const [home = '', work = ''] = secrets;
    await acceptInvite(ports, mina, home);
    await expect(acceptInvite(ports, mina, work)).rejects.toMatchObject(refusal);
    expect(await acceptInvite(ports, mina, home)).toMatchObject({ name: 'Home', role: 'EDITOR' });
  });
});
