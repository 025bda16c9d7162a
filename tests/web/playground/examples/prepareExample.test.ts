import { describe, expect, test } from '@jest/globals';
import type { Example } from '#web/playground/examples/example.ts';
import { prepareExample } from '#web/playground/examples/prepareExample.ts';
import { GraphqlFailure } from '#web/playground/graphqlFailure.ts';

const PLAIN: Example = { title: 'A', about: 'B', operation: '{ me }', variables: { id: '' } };
const LOOKING: Example = {
  ...PLAIN,
  lookup: {
    operation: '{ memos }',
    missing: 'Nothing there.',
    variables: ({ memos }) => (memos?.nodes[0] ? { id: memos.nodes[0].id } : null),
  },
};
const OPENED = { operation: '{ me }', variables: { id: '' } };

describe('prepareExample', () => {
  test('an example without a lookup opens as it is, and asks nothing', async () => {
    const ask = () => Promise.reject(new Error('asked'));
    expect(await prepareExample(PLAIN, ask)).toEqual({ ...OPENED, notice: null });
  });

  test('a lookup fills the variables', async () => {
    const prepared = await prepareExample(LOOKING, async (operation) => {
      expect(operation).toBe('{ memos }');
      return { memos: { nodes: [{ id: 'm1', version: 1 }] } };
    });
    expect(prepared).toEqual({ operation: '{ me }', variables: { id: 'm1' }, notice: null });
  });

  test('a lookup that finds nothing says so', async () => {
    const prepared = await prepareExample(LOOKING, async () => ({ memos: { nodes: [] } }));
    expect(prepared).toEqual({ ...OPENED, notice: 'Nothing there.' });
  });

  test('a lookup that is refused says why', async () => {
    const refusal = new GraphqlFailure([
      { message: 'Sign in.', extensions: { code: 'UNAUTHENTICATED' } },
    ]);
    const prepared = await prepareExample(LOOKING, () => Promise.reject(refusal));
    expect(prepared).toEqual({ ...OPENED, notice: 'UNAUTHENTICATED: Sign in.' });
  });

  test('an unexpected error is not hidden', async () => {
    await expect(prepareExample(LOOKING, () => Promise.reject(new Error('bug')))).rejects.toThrow(
      'bug',
    );
  });
});
