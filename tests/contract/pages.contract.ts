import { beforeAll, describe, expect, test } from '@jest/globals';
import { createMemo, LIST_MEMOS, listMemos, type Page, trashMemo } from './memos.ts';
import { givenSharedPad } from './pads.ts';
import type { Person } from './people.ts';
import { expectRefusal } from './refusal.ts';
import type { Stage } from './stage.ts';

/** How a list is read on: its cursors, and pages that hold bodies. */
export function pagesContract(stage: Stage): void {
  describe('a cursor', () => {
    let mina: Person;
    let padId: string;
    let page: Page;
    beforeAll(async () => {
      mina = await stage.person('Mina');
      padId = (await givenSharedPad(mina)).id;
      for (const title of ['one', 'two', 'three']) await createMemo(mina, { title, padId });
      page = await listMemos(mina, { padId, first: 1 });
    });
    const refuse = (wish: object) =>
      expectRefusal(mina.attempt(LIST_MEMOS, { padId, ...wish }), 'BAD_USER_INPUT', /cursor/i);

    test.each(['', ' ', 'x', '#', '0', 'null', 'A1#', '🙂', '\u0000', 'x'.repeat(100_000)])(
      'that is none is refused (%j)',
      async (after) => {
        await refuse({ after: after });
      },
    );

    test('that was damaged is refused, wherever it is cut or grown', async () => {
      const cursor = page.pageInfo.endCursor!;
      const damaged = [
        ...Array.from(cursor, (_, index) => cursor.slice(0, index)),
        ...Array.from(cursor, (_, index) => cursor.slice(index + 1)),
        `${cursor}~`,
        ` ${cursor}`,
        cursor + cursor,
        cursor.toLowerCase(),
      ].filter((text) => text !== cursor);
      for (const after of damaged) await refuse({ after });
    });

    test('of another state’s list is refused', async () => {
      await refuse({ filter: { state: 'TRASHED' }, after: page.pageInfo.endCursor });
    });

    test('of another pad is refused', async () => {
      const other = await givenSharedPad(mina);
      await refuse({ padId: other.id, after: page.pageInfo.endCursor });
    });

    test('still works when the memo it stands for has moved or is gone', async () => {
      await trashMemo(mina, page.nodes[0]!.id);
      const rest = await listMemos(mina, { padId, after: page.pageInfo.endCursor });
      expect(rest.nodes.map(({ title }) => title)).toEqual(['two', 'one']);
    });
  });

  describe('a page with bodies', () => {
    const document = `query ($padId: ID, $first: Int, $after: String) {
      memos(padId: $padId, first: $first, after: $after) {
        nodes { title body } pageInfo { hasNextPage endCursor } } }`;

    test('holds each memo’s whole text and at most 1 MB of it', async () => {
      const mina = await stage.person('Mina');
      const { id: padId } = await givenSharedPad(mina);
      const bodies = ['가', '나', '다', '라', '마'].map((syllable) => syllable.repeat(100_000));
      for (const body of bodies) await createMemo(mina, { padId, title: body.charAt(0), body });
      const read: string[] = [];
      let after: string | null = null;
      do {
        const { memos }: { memos: BodyPage } = await mina.ask(document, { padId, after });
        const bytes = memos.nodes.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
        expect(bytes).toBeLessThanOrEqual(1_048_576);
        read.unshift(...memos.nodes.map(({ body }) => body).reverse());
        after = memos.pageInfo.hasNextPage ? memos.pageInfo.endCursor : null;
      } while (after);
      expect(read.map((body) => body.charAt(0))).toEqual(bodies.map((body) => body.charAt(0)));
      expect(read).toEqual(bodies);
    });
  });
}

interface BodyPage {
  readonly nodes: readonly { readonly title: string; readonly body: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
