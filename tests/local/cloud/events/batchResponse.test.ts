import { expect, test } from '@jest/globals';
import { countDone } from '#local/cloud/events/batchResponse.ts';

const BATCH = ['1', '2', '3'];
const failing = (...items: unknown[]) => ({ batchItemFailures: items });

test.each([
  ['null', null, 3],
  ['an empty list', [], 3],
  ['an empty object', {}, 3],
  ['no failures', failing(), 3],
  ['null failures', { batchItemFailures: null }, 3],
  ['one failure', failing({ itemIdentifier: '2' }), 1],
  ['several failures', failing({ itemIdentifier: '3' }, { itemIdentifier: '2' }), 1],
  ['the first one failing', failing({ itemIdentifier: '1' }), 0],
  ['an empty identifier', failing({ itemIdentifier: '' }), 0],
  ['a null identifier', failing({ itemIdentifier: null }), 0],
  ['a number as identifier', failing({ itemIdentifier: 2 }), 0],
  ['another key', failing({ foo: '2' }), 0],
  ['null as failure', failing(null), 0],
  ['a stranger among failures', failing({ itemIdentifier: '3' }, { itemIdentifier: '9' }), 0],
  ['a text for failures', { batchItemFailures: 'all' }, 0],
  ['a text', 'done', 0],
  ['true', true, 0],
  ['a list of something', ['1'], 0],
])('%s means that of three records so many are done: %j', (_what, answer, expected) => {
  expect(countDone(JSON.stringify(answer), BATCH)).toBe(expected);
});

test('an answer without a body means that all are done', () => {
  expect(countDone('', BATCH)).toBe(3);
});
