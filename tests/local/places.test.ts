import { expect, test } from '@jest/globals';
import { checkIsSigningKey, doorOf, tableNames } from '#local/places.ts';
import { TABLE_NAMES } from '#local/tableNames.ts';
import { readStacks } from '#tests/support/stacks.ts';

const BUILT_WITHIN_MS = 60_000;

test(
  'every table, API and key of the templates has its place in the data folder',
  async () => {
    const stacks = await readStacks();
    const ofType = (wanted: RegExp) =>
      stacks.flatMap(({ name: stack, template }) =>
        Object.entries(template.Resources)
          .filter(([, { Type }]) => wanted.test(Type))
          .map(([id]) => ({ stack, id })),
      );
    const tables = ofType(/^AWS::DynamoDB::/).map(({ stack, id }) => `${stack}/${id}`);
    expect(Object.keys(tableNames(stacks)).sort()).toEqual(tables.sort());
    expect(Object.values(tableNames(stacks)).sort()).toEqual(Object.values(TABLE_NAMES).sort());
    expect(
      ofType(/::(GraphQL)?Api$/)
        .map(doorOf)
        .sort(),
    ).toEqual(['appsync', 'auth', 'gateway', 'socket']);
    for (const key of ofType(/^AWS::KMS::Key$/)) expect(() => checkIsSigningKey(key)).not.toThrow();
  },
  BUILT_WITHIN_MS,
);

test.each(['Apis', 'ApiGatewayF70053CD', 'ApiF70053C', 'XApiF70053CD'])(
  'an API with the id %s is another one',
  (id) => {
    expect(() => doorOf({ stack: 'MemopadFederated-dev', id })).toThrow(
      `MemopadFederated-dev/${id}: local/places.ts knows no port for this API.`,
    );
  },
);

test('another key has no file', () => {
  expect(() => checkIsSigningKey({ stack: 'MemopadMemo-dev', id: 'Key12345678' })).toThrow(
    'MemopadMemo-dev/Key12345678: local/places.ts knows no file for this key.',
  );
});
