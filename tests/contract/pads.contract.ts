import { describe, expect, test } from '@jest/globals';
import { createMemo, LIST_MEMOS, READ_MEMO } from './memos.ts';
import {
  CREATE_INVITE,
  CREATE_PAD,
  createPad,
  DELETE_PAD,
  givenSharedPad,
  LEAVE_PAD,
  listPads,
  type PadView,
  READ_PAD,
  REMOVE_MEMBER,
  RENAME_PAD,
  readPad,
  SET_ROLE,
} from './pads.ts';
import { signUp } from './people.ts';
import { expectRefusal } from './refusal.ts';
import type { Stage } from './stage.ts';

/** Pads: the personal one everybody has, and shared ones. */
export function padsContract(stage: Stage): void {
  const mina = () => stage.person('Mina');
  const joon = () => stage.person('Joon');
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
}
