import { describe, expect, test } from '@jest/globals';
import {
  CREATE_MEMO,
  createMemo,
  LIST_MEMOS,
  listAllTitles,
  READ_MEMO,
  readMemo,
  UPDATE_MEMO,
  updateMemo,
} from './memos.ts';
import {
  CREATE_INVITE,
  CREATE_PAD,
  createPad,
  DELETE_PAD,
  givenSharedPad,
  LEAVE_PAD,
  listPads,
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
import { signUp } from './people.ts';
import { expectRefusal } from './refusal.ts';
import type { Stage } from './stage.ts';

const NOBODY = '01JZZZZZZZZZZZZZZZZZZZZZZZ';

/** Pads: the personal one everybody has, shared ones, and what their members may do. */
export function padsContract(stage: Stage): void {
  const mina = () => stage.person('Mina');
  const joon = () => stage.person('Joon');
  const sora = () => stage.person('Sora');

  describe('the personal pad', () => {
    test('is there from the start', async () => {
      const person = await signUp(stage.door);
      const pad = {
        id: person.id,
        name: '',
        personal: true,
        role: 'OWNER',
        members: [{ user: { id: person.id }, role: 'OWNER', since: expect.stringMatching(/Z$/) }],
        invites: [],
        createdAt: expect.stringMatching(/Z$/),
      };
      expect(await listPads(person)).toEqual([pad]);
      expect(await readPad(person, person.id)).toEqual(pad);
    });

    test.each<[string, string, object]>([
      ['renamed', RENAME_PAD, { name: 'Mine' }],
      ['deleted', DELETE_PAD, {}],
      ['shared', CREATE_INVITE, { role: 'VIEWER' }],
      ['left', LEAVE_PAD, {}],
    ])('can’t be %s', async (_, document, variables) => {
      const { id, attempt } = await mina();
      const answer = attempt(document, { id, padId: id, ...variables });
      await expectRefusal(answer, 'BAD_USER_INPUT', /personal/);
    });

    test('gives its owner no other role and doesn’t let them go', async () => {
      const { id, attempt } = await mina();
      const themselves = { padId: id, userId: id };
      await expectRefusal(attempt(SET_ROLE, { ...themselves, role: 'VIEWER' }), 'BAD_USER_INPUT');
      await expectRefusal(attempt(REMOVE_MEMBER, themselves), 'BAD_USER_INPUT');
    });

    test('of somebody else is not there', async () => {
      const { id } = await joon();
      await expectRefusal((await mina()).attempt(READ_PAD, { id }), 'NOT_FOUND', /pad/);
    });
  });

  describe('a shared pad', () => {
    test('is made with the viewer as its owner', async () => {
      const person = await mina();
      const pad = await createPad(person, '우리 집 🏠');
      expect(pad).toEqual({
        id: expect.any(String),
        name: '우리 집 🏠',
        personal: false,
        role: 'OWNER',
        members: [{ user: { id: person.id }, role: 'OWNER', since: pad.createdAt }],
        invites: [],
        createdAt: expect.stringMatching(/Z$/),
      });
      expect(await readPad(person, pad.id)).toEqual(pad);
    });

    test('is listed behind the personal pad, the newest membership first', async () => {
      const person = await signUp(stage.door);
      const older = await createPad(person, 'older');
      const foreign = await givenSharedPad(await mina(), [[person, 'VIEWER']]);
      const newer = await createPad(person, 'newer');
      const ids = (await listPads(person)).map(({ id }) => id);
      expect(ids).toEqual([person.id, newer.id, foreign.id, older.id]);
    });

    test('is renamed', async () => {
      const person = await mina();
      const { id } = await createPad(person, 'Before');
      const answer = await person.ask<{ renamePad: PadView }>(RENAME_PAD, { id, name: 'After' });
      expect(answer.renamePad.name).toBe('After');
      expect((await readPad(person, id)).name).toBe('After');
    });

    test.each([
      ['an empty name', '', /name/i],
      ['a name of 101 characters', 'n'.repeat(101), /100/],
      ['a name of two lines', 'one\ntwo', /line/],
      ['a name with a control character', 'bell\u0007', /control/],
    ])('takes no %s', async (_, name, gist) => {
      const person = await mina();
      const pad = await givenSharedPad(person);
      await expectRefusal(person.attempt(CREATE_PAD, { name }), 'BAD_USER_INPUT', gist);
      const rename = person.attempt(RENAME_PAD, { id: pad.id, name });
      await expectRefusal(rename, 'BAD_USER_INPUT', gist);
      expect(await readPad(person, pad.id)).toEqual(pad);
    });

    test('is gone at once for every member when it is deleted, its memos with it', async () => {
      const [owner, member] = [await mina(), await joon()];
      const { id } = await givenSharedPad(owner, [[member, 'OWNER']]);
      const memo = await createMemo(owner, { padId: id });
      expect(await owner.ask(DELETE_PAD, { id })).toEqual({ deletePad: true });
      for (const { ask, attempt } of [owner, member]) {
        await expectRefusal(attempt(READ_PAD, { id }), 'NOT_FOUND', /pad/);
        await expectRefusal(attempt(LIST_MEMOS, { padId: id }), 'NOT_FOUND', /pad/);
        await expectRefusal(attempt(READ_MEMO, { id: memo.id }), 'NOT_FOUND');
        await expectRefusal(attempt(DELETE_PAD, { id }), 'NOT_FOUND', /pad/);
        const { pads } = await ask<{ pads: { id: string }[] }>('{ pads { id } }');
        expect(pads.map((pad) => pad.id)).not.toContain(id);
      }
    });
  });

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
