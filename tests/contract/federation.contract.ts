import { describe, expect, test } from '@jest/globals';
import { createMemo } from './memos.ts';
import { givenSharedPad } from './pads.ts';
import { signUp } from './people.ts';
import type { Stage } from './stage.ts';

interface UserView {
  readonly id: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly createdAt: string;
}

interface PadWithPeople {
  readonly pad: {
    readonly members: readonly { readonly user: UserView }[];
    readonly memos: {
      readonly nodes: readonly { readonly author: UserView; readonly lastEditor: UserView }[];
    };
  };
}

const USER = 'id displayName email createdAt';
const PAD_WITH_PEOPLE = `query ($id: ID!) { pad(id: $id) {
  members { user { ${USER} } }
  memos(first: 100) { nodes { author { ${USER} } lastEditor { ${USER} } } } } }`;

/** People across the services: the memo service knows their ids, the auth service who they are. */
export function federationContract(stage: Stage): void {
  describe('the people of a pad and its memos', () => {
    test('are known by name wherever they are met', async () => {
      const [mina, joon] = await Promise.all([stage.person('Mina'), stage.person('Joon')]);
      const { id } = await givenSharedPad(mina, [[joon, 'EDITOR']]);
      await createMemo(joon, { padId: id });
      const { pad } = await mina.ask<PadWithPeople>(PAD_WITH_PEOPLE, { id });
      expect(pad.members.map(({ user }) => user.displayName)).toEqual(['Mina', 'Joon']);
      expect(pad.memos.nodes[0]?.author).toMatchObject({ id: joon.id, displayName: 'Joon' });
    });

    test('show their e-mail address to themselves alone', async () => {
      const [mina, joon] = await Promise.all([stage.person('Mina'), stage.person('Joon')]);
      const { id } = await givenSharedPad(mina, [[joon, 'EDITOR']]);
      await createMemo(joon, { padId: id });
      for (const [viewer, expected] of [
        [mina, [mina.email, null]],
        [joon, [null, joon.email]],
      ] as const) {
        const { pad } = await viewer.ask<PadWithPeople>(PAD_WITH_PEOPLE, { id });
        expect(pad.members.map(({ user }) => user.email)).toEqual(expected);
        const { author, lastEditor } = pad.memos.nodes[0]!;
        expect([author.email, lastEditor.email]).toEqual([expected[1], expected[1]]);
      }
    });

    test('cost one read for each place they are asked at, however long the list', async () => {
      const [mina, joon] = await Promise.all([stage.person('Mina'), stage.person('Joon')]);
      const { id } = await givenSharedPad(mina, [[joon, 'EDITOR']]);
      await Promise.all([...Array(20).keys()].map(() => createMemo(joon, { padId: id })));
      await createMemo(mina, { padId: id });
      const list = (fields: string) => () =>
        mina.ask(`query ($id: ID!) { memos(padId: $id, first: 100) { nodes { ${fields} } } }`, {
          id,
        });
      const authors = await stage.door.countCalls(list('author { displayName }'));
      expect(authors).toEqual({ GetItem: 1, Query: 1, BatchGetItem: 1 });
      const both = list('author { displayName } lastEditor { displayName }');
      expect((await stage.door.countCalls(both)).BatchGetItem).toBeLessThanOrEqual(2);
    });

    test('cost no read at all when only their ids are asked for', async () => {
      const mina = await stage.person('Mina');
      await createMemo(mina);
      const document = '{ memos(first: 5) { nodes { author { id } lastEditor { id } } } }';
      expect(await stage.door.countCalls(() => mina.ask(document))).toEqual({ Query: 1 });
    });
  });

  test('a user who is gone has an empty name, and nulls no list', async () => {
    const mina = await stage.person('Mina');
    const gone = await signUp(stage.door);
    const { id } = await givenSharedPad(mina, [[gone, 'EDITOR']]);
    await createMemo(gone, { padId: id });
    await createMemo(mina, { padId: id });
    await stage.door.loseUser(gone.id);
    const { pad } = await mina.ask<PadWithPeople>(PAD_WITH_PEOPLE, { id });
    const tombstone = { id: gone.id, displayName: '', email: null };
    expect(pad.members[1]?.user).toMatchObject(tombstone);
    expect(pad.memos.nodes.map(({ author }) => author)).toMatchObject([
      { displayName: 'Mina' },
      tombstone,
    ]);
  });
}
