import { describe, expect, test } from '@jest/globals';
import {
  CREATE_PAD,
  DELETE_PAD,
  givenMember,
  givenPad,
  LEAVE_PAD,
  LIST_PADS,
  type PadView,
  READ_PAD,
  REMOVE_MEMBER,
  RENAME_PAD,
  readPad,
  SET_ROLE,
} from '#tests/subgraphs/memo/operations.ts';
import type { PadDoor } from '#tests/subgraphs/memo/service.ts';

/** What holds for pads, whichever door is asked. */
export function testPads({ person }: PadDoor): void {
  describe('pads', () => {
    test('begin with the personal one, which nobody made', async () => {
      const mina = person();
      const since = expect.stringMatching(/^2026-01-31T09:3.*Z$/);
      const personal = {
        id: mina.id,
        name: '',
        personal: true,
        role: 'OWNER',
        createdAt: since,
        members: [{ user: { id: mina.id }, role: 'OWNER', since }],
        invites: [],
      };
      expect(await mina.ask(LIST_PADS)).toEqual({ pads: [personal] });
      expect(await mina.ask(READ_PAD, { id: mina.id })).toEqual({ pad: personal });
    });

    test('go on with the newest membership', async () => {
      const [mina, joon] = [person(), person()];
      const joons = await givenPad(joon);
      const [first, second] = [await givenPad(mina), await givenPad(mina)];
      await givenMember(joon, joons.id, mina, 'VIEWER');
      const { pads } = await mina.ask<{ pads: PadView[] }>(LIST_PADS);
      expect(pads.map(({ id }) => id)).toEqual([mina.id, joons.id, second.id, first.id]);
      expect(pads[1]).toEqual(await readPad(mina, joons.id));
      expect(pads[1]?.role).toBe('VIEWER');
    });

    test('are made with their maker as the OWNER', async () => {
      const mina = person();
      const pad = await givenPad(mina, '우리 집 🏠');
      expect(pad).toEqual({
        id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
        name: '우리 집 🏠',
        personal: false,
        role: 'OWNER',
        createdAt: expect.stringMatching(/Z$/),
        members: [{ user: { id: mina.id }, role: 'OWNER', since: pad.createdAt }],
        invites: [],
      });
      expect(await readPad(mina, pad.id)).toEqual(pad);
    });

    test('are renamed by an OWNER', async () => {
      const mina = person();
      const { id } = await givenPad(mina);
      const { renamePad } = await mina.ask<{ renamePad: PadView }>(RENAME_PAD, {
        id,
        name: '회사',
      });
      expect(renamePad.name).toBe('회사');
      expect((await readPad(mina, id)).name).toBe('회사');
    });

    test.each([
      ['no text', '', "the pad's name to have 1 to 100 characters, got 0"],
      ['101 characters', 'x'.repeat(101), "the pad's name to have 1 to 100 characters, got 101"],
      ['a megabyte', 'x'.repeat(1_000_000), 'got 1000000'],
      ['white space', '  ', 'hold more than white space'],
      ['two lines', 'a\nb', 'be on one line'],
      ['a control character', 'a\u0007', 'free of control characters'],
      ['half of a surrogate pair', '\ud83c', 'well-formed Unicode'],
    ])('take no name of %s', async (_, name, problem) => {
      const mina = person();
      const pad = await givenPad(mina);
      for (const refusal of [
        await mina.refused(CREATE_PAD, { name }),
        await mina.refused(RENAME_PAD, { id: pad.id, name }),
      ]) {
        expect(refusal).toMatch(/^BAD_USER_INPUT: Expected/);
        expect(refusal).toContain(problem);
      }
      expect(await readPad(mina, pad.id)).toEqual(pad);
    });

    test('are gone for every member once deleted', async () => {
      const [mina, joon] = [person(), person()];
      const { id } = await givenPad(mina);
      await givenMember(mina, id, joon, 'OWNER');
      expect(await joon.ask(DELETE_PAD, { id })).toEqual({ deletePad: true });
      for (const member of [mina, joon]) {
        expect(await member.refused(READ_PAD, { id })).toMatch(/^NOT_FOUND/);
        expect(await member.refused(DELETE_PAD, { id })).toMatch(/^NOT_FOUND/);
        expect(await member.refused(RENAME_PAD, { id, name: 'Back' })).toMatch(/^NOT_FOUND/);
        const { pads } = await member.ask<{ pads: PadView[] }>('{ pads { id } }');
        expect(pads).toEqual([{ id: member.id }]);
      }
    });
  });

  describe('a personal pad', () => {
    test.each<[string, string, object]>([
      ['renamed', RENAME_PAD, { name: 'Mine' }],
      ['deleted', DELETE_PAD, {}],
      ['shared', SET_ROLE, { role: 'VIEWER' }],
      ['shared', REMOVE_MEMBER, {}],
      ['left', LEAVE_PAD, {}],
    ])('can’t be %s (%#)', async (what, operation, input) => {
      const mina = person();
      const variables = { id: mina.id, padId: mina.id, userId: mina.id, ...input };
      const refusal = await mina.refused(operation, variables);
      expect(refusal).toBe(`BAD_USER_INPUT: A personal pad can't be ${what}.`);
    });

    test('of somebody else is not there', async () => {
      const [mina, joon] = [person(), person()];
      const target = { id: joon.id, padId: joon.id, userId: joon.id, name: 'Mine', role: 'VIEWER' };
      for (const operation of [
        READ_PAD,
        RENAME_PAD,
        DELETE_PAD,
        SET_ROLE,
        REMOVE_MEMBER,
        LEAVE_PAD,
      ]) {
        expect(await mina.refused(operation, target)).toMatch(/^NOT_FOUND/);
      }
    });
  });

  describe('an id that can’t be a pad’s', () => {
    test.each([
      ['empty', ''],
      ['short', 'x'],
      ['a key of the table', 'PAD#01JZZZZZZZZZZZZZZZZZZZZZZZ'],
      ['too long by a #', '01JZZZZZZZZZZZZZZZZZZZZZZZ#'],
      ['in lower case', '01jzzzzzzzzzzzzzzzzzzzzzzz'],
      ['oversized', '0'.repeat(100_000)],
    ])('(%s) is not found', async (_, id) => {
      const mina = person();
      const variables = { id, padId: id, userId: mina.id, name: 'n', role: 'EDITOR' };
      for (const operation of [
        READ_PAD,
        RENAME_PAD,
        DELETE_PAD,
        SET_ROLE,
        REMOVE_MEMBER,
        LEAVE_PAD,
      ]) {
        const refusal = await mina.refused(operation, variables);
        expect(refusal).toMatch(/^NOT_FOUND: Expected the id of a pad/);
      }
    });
  });
}
