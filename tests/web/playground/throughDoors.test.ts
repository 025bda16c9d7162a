import { expect, jest, test } from '@jest/globals';
import { createDoors } from '#web/playground/doors.ts';
import type { PostGraphql } from '#web/playground/graphqlEndpoint.ts';
import { throughDoors } from '#web/playground/throughDoors.ts';

const PLACE = {
  url: 'http://127.0.0.1:4003/graphql',
  realtime: 'ws://127.0.0.1:4003/graphql/realtime',
  apiKey: 'da2-key',
};
const answering =
  (name: string): PostGraphql =>
  async () => ({
    status: 200,
    answer: { data: { name } },
  });

function page(place: typeof PLACE | null) {
  const doors = createDoors(Promise.resolve(place));
  const appsync = Promise.resolve(place && answering('appsync'));
  const post = throughDoors({ doors, federated: answering('federated'), appsync });
  const ask = async (query: string) => (await post({ query }, {})).answer.data?.name;
  return { doors, ask };
}

test('operations go through the door that is chosen', async () => {
  const { doors, ask } = page(PLACE);
  expect(await ask('{ me { id } }')).toBe('federated');
  doors.choose('appsync');
  expect(await ask('{ me { id } }')).toBe('appsync');
});

test('the schema is always the described one', async () => {
  const { doors, ask } = page(PLACE);
  doors.choose('appsync');
  expect(await ask('query IntrospectionQuery { __schema { types { name } } }')).toBe('federated');
});

test('a Memopad without the AppSync door has one way in', async () => {
  const { doors, ask } = page(null);
  expect(await doors.open).toEqual(['federated']);
  doors.choose('appsync');
  expect(await ask('{ me { id } }')).toBe('federated');
});

test('whoever listens is told of a choice, until they leave', () => {
  const { doors } = page(PLACE);
  const listener = jest.fn();
  const leave = doors.subscribe(listener);
  doors.choose('appsync');
  leave();
  doors.choose('federated');
  expect(listener).toHaveBeenCalledTimes(1);
});
