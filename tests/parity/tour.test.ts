import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { TOUR } from './tour.ts';

test('the tour asks every operation once', () => {
  const schema = buildSchema(readFileSync('schema/generated/api.graphql', 'utf8'));
  const roots = [schema.getQueryType(), schema.getMutationType()];
  const operations = roots.flatMap((root) => Object.keys(root?.getFields() ?? {}));
  expect(TOUR.map(({ operation }) => operation).sort()).toEqual(operations.sort());
});
