import { expect, test } from '@jest/globals';
import type { Subgraph } from '#domain/viewer/subgraphRequest.ts';
import { checkSubgraphs } from '#gateway/checkSubgraphs.ts';

const well: Subgraph = async () => ({ data: { __typename: 'Query' } });
const ill: Subgraph = async () => ({ errors: [{ message: 'ill' }] });
const away: Subgraph = async () => {
  throw new Error('away');
};

test('subgraphs that answer are well', async () => {
  await expect(checkSubgraphs({ auth: well, memo: well })).resolves.toBeUndefined();
});

test.each([
  ['that answers with errors', ill, 'The subgraph memo gave no answer.'],
  ['that is away', away, 'away'],
])('one %s is enough to be unwell', async (_, memo, message) => {
  await expect(checkSubgraphs({ auth: well, memo })).rejects.toThrow(message);
});
