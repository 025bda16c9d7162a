import { describe, expect, test } from '@jest/globals';
import {
  CREATE_MEMO,
  createMemo,
  listAllTitles,
  READ_MEMO,
  readMemo,
  UPDATE_MEMO,
  updateMemo,
} from './memos.ts';
import {
  ACCEPT_INVITE,
  CREATE_INVITE,
  createInvite,
  DELETE_PAD,
  givenSharedPad,
  LEAVE_PAD,
  type PadRole,
  type PadView,
  READ_PAD,
  REMOVE_MEMBER,
  RENAME_PAD,
  readPad,
  SET_ROLE,
  share,
} from './pads.ts';
import type { Person } from './people.ts';
import { expectRefusal } from './refusal.ts';
import type { Stage } from './stage.ts';

const NOBODY = '01JZZZZZZZZZZZZZZZZZZZZZZZ';

/** The members of a shared pad: what their roles let them do, and how they come and go. */
export function membersContract(stage: Stage): void {
  const mina = () => stage.person('Mina');
  const joon = () => stage.person('Joon');
  const sora = () => stage.person('Sora');
  describe('a role', () => {
    const memoWrites = async (person: Person, padId: string, memoId: string) => [
      await person.attempt(CREATE_MEMO, { input: { padId, title: 'New' } }),
      await person.attempt(UPDATE_MEMO, { input: { id: memoId, title: 'Changed' } }),
    ];
    const padWrites = async ({ attempt, id }: Person, padId: string) => [
      await attempt(RENAME_PAD, { id: padId, name: 'Renamed' }),
      await attempt(CREATE_INVITE, { padId, role: 'OWNER' }),
      await attempt(SET_ROLE, { padId, userId: id, role: 'OWNER' }),
      await attempt(REMOVE_MEMBER, { padId, userId: id }),
      await attempt(DELETE_PAD, { id: padId }),
    ];

    test('VIEWER reads, and writes nothing', async () => {
      const [owner, viewer] = [await mina(), await joon()];
      const pad = await givenSharedPad(owner, [[viewer, 'VIEWER']]);
      const memo = await createMemo(owner, { padId: pad.id, title: 'To read' });
      expect(await readMemo(viewer, memo.id)).toEqual(memo);
      expect(await listAllTitles(viewer, { padId: pad.id })).toEqual(['To read']);
      for (const answer of await memoWrites(viewer, pad.id, memo.id))
        await expectRefusal(answer, 'FORBIDDEN', /EDITOR/);
      for (const answer of await padWrites(viewer, pad.id))
        await expectRefusal(answer, 'FORBIDDEN', /OWNER/);
      expect(await readPad(owner, pad.id)).toEqual(pad);
      expect(await readMemo(owner, memo.id)).toEqual(memo);
    });

    test('EDITOR writes memos, and doesn’t run the pad', async () => {
      const [owner, editor] = [await mina(), await joon()];
      const pad = await givenSharedPad(owner, [[editor, 'EDITOR']]);
      const memo = await createMemo(editor, { padId: pad.id });
      expect((await updateMemo(editor, { id: memo.id, title: 'Mine' })).version).toBe(2);
      for (const answer of await padWrites(editor, pad.id))
        await expectRefusal(answer, 'FORBIDDEN', /OWNER/);
      expect(await readPad(owner, pad.id)).toEqual(pad);
    });

    test('shows in Pad.role to whom it belongs, and invites to OWNERs only', async () => {
      const [owner, editor, viewer] = [await mina(), await joon(), await sora()];
      const { id } = await givenSharedPad(owner, [
        [editor, 'EDITOR'],
        [viewer, 'VIEWER'],
      ]);
      const seen = async (person: Person) => {
        const { role, invites } = await readPad(person, id);
        return { role, invites };
      };
      expect(await seen(owner)).toEqual({ role: 'OWNER', invites: expect.any(Array) });
      expect(await seen(editor)).toEqual({ role: 'EDITOR', invites: null });
      expect(await seen(viewer)).toEqual({ role: 'VIEWER', invites: null });
    });

    test('is changed by an owner and counts from the next request on', async () => {
      const [owner, member] = [await mina(), await joon()];
      const { id } = await givenSharedPad(owner, [[member, 'VIEWER']]);
      const setRole = async (role: PadRole) => {
        const variables = { padId: id, userId: member.id, role };
        const { setRole: pad } = await owner.ask<{ setRole: PadView }>(SET_ROLE, variables);
        expect(pad.members.map((one) => one.role)).toEqual(['OWNER', role]);
      };
      await setRole('EDITOR');
      const memo = await createMemo(member, { padId: id });
      await setRole('VIEWER');
      const input = { id: memo.id, title: 'No more' };
      await expectRefusal(member.attempt(UPDATE_MEMO, { input }), 'FORBIDDEN');
    });
  });

  describe('the members of a pad', () => {
    test('are shown the longest member first', async () => {
      const [owner, second, third] = [await mina(), await joon(), await sora()];
      const pad = await givenSharedPad(owner, [
        [second, 'VIEWER'],
        [third, 'EDITOR'],
      ]);
      const ids = pad.members.map(({ user }) => user.id);
      expect(ids).toEqual([owner.id, second.id, third.id]);
      const times = pad.members.map(({ since }) => since);
      expect(times).toEqual([...times].sort());
    });

    test('leave, and then see nothing of it', async () => {
      const [owner, member] = [await mina(), await joon()];
      const { id } = await givenSharedPad(owner, [[member, 'EDITOR']]);
      const memo = await createMemo(member, { padId: id });
      expect(await member.ask(LEAVE_PAD, { padId: id })).toEqual({ leavePad: true });
      await expectRefusal(member.attempt(READ_PAD, { id }), 'NOT_FOUND', /pad/);
      await expectRefusal(member.attempt(READ_MEMO, { id: memo.id }), 'NOT_FOUND');
      await expectRefusal(member.attempt(LEAVE_PAD, { padId: id }), 'NOT_FOUND', /pad/);
      expect((await readMemo(owner, memo.id)).author.id).toBe(member.id);
    });

    test('are removed by an owner, and come back by another invite', async () => {
      const [owner, member] = [await mina(), await joon()];
      const { id } = await givenSharedPad(owner, [[member, 'OWNER']]);
      const variables = { padId: id, userId: member.id };
      const answer = await owner.ask<{ removeMember: PadView }>(REMOVE_MEMBER, variables);
      expect(answer.removeMember.members.map(({ user }) => user.id)).toEqual([owner.id]);
      await expectRefusal(member.attempt(READ_PAD, { id }), 'NOT_FOUND', /pad/);
      expect((await share(owner, id, member, 'VIEWER')).role).toBe('VIEWER');
    });

    test('take the invites they made along when they are removed', async () => {
      const [owner, member] = [await mina(), await joon()];
      const { id } = await givenSharedPad(owner, [[member, 'OWNER']]);
      const { secret } = await createInvite(member, id, 'OWNER');
      await owner.ask(REMOVE_MEMBER, { padId: id, userId: member.id });
      await expectRefusal(member.attempt(ACCEPT_INVITE, { secret }), 'NOT_FOUND', /invite/);
      await expectRefusal(member.attempt(READ_PAD, { id }), 'NOT_FOUND', /pad/);
    });

    test('that aren’t there can’t be given a role or removed', async () => {
      const [owner, stranger] = [await mina(), await sora()];
      const pad = await givenSharedPad(owner);
      for (const userId of [stranger.id, NOBODY, '', 'x', `MEMBER#${owner.id}`]) {
        const variables = { padId: pad.id, userId, role: 'EDITOR' };
        await expectRefusal(owner.attempt(SET_ROLE, variables), 'NOT_FOUND', /member/);
        await expectRefusal(owner.attempt(REMOVE_MEMBER, variables), 'NOT_FOUND', /member/);
      }
      expect(await readPad(owner, pad.id)).toEqual(pad);
    });
  });

  describe('the last owner', () => {
    const ways: [string, string, object][] = [
      ['leave', LEAVE_PAD, {}],
      ['be removed', REMOVE_MEMBER, {}],
      ['be demoted', SET_ROLE, { role: 'EDITOR' }],
    ];
    test.each(ways)('can’t %s', async (_, document, change) => {
      const [owner, member] = [await mina(), await joon()];
      const pad = await givenSharedPad(owner, [[member, 'EDITOR']]);
      const variables = { padId: pad.id, userId: owner.id, ...change };
      await expectRefusal(owner.attempt(document, variables), 'BAD_USER_INPUT', /last OWNER/i);
      expect(await readPad(owner, pad.id)).toEqual(pad);
    });

    test.each(ways)('can %s once there is another', async (_, document, change) => {
      const [owner, heir] = [await mina(), await joon()];
      const { id } = await givenSharedPad(owner, [[heir, 'OWNER']]);
      await owner.ask(document, { padId: id, userId: owner.id, ...change });
      const owners = (await readPad(heir, id)).members.filter(({ role }) => role === 'OWNER');
      expect(owners.map(({ user }) => user.id)).toEqual([heir.id]);
    });

    test('is left when both owners leave at once', async () => {
      const [owner, other, watcher] = [await mina(), await joon(), await sora()];
      const { id } = await givenSharedPad(owner, [
        [other, 'OWNER'],
        [watcher, 'VIEWER'],
      ]);
      await Promise.all([owner, other].map(({ attempt }) => attempt(LEAVE_PAD, { padId: id })));
      const { members } = await readPad(watcher, id);
      expect(members.filter(({ role }) => role === 'OWNER').length).toBe(1);
    });
  });
}
