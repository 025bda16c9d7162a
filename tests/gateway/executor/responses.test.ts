import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { SubgraphResponse } from '#domain/viewer/subgraphRequest.ts';
import type { SubgraphQuestion } from '#gateway/executor/run.ts';
import { type Executor, startOurs } from './executors.ts';
import { composeLibrary } from './library.ts';

/** What each subgraph says next, whatever it is asked, and what it was asked. */
const said: Record<string, SubgraphResponse[]> = {};
const asked: { readonly subgraph: string; readonly question: SubgraphQuestion }[] = [];
let executor: Executor;

beforeAll(async () => {
  executor = await startOurs({
    supergraphSdl: composeLibrary(),
    answer: async (subgraph, question) => {
      asked.push({ subgraph, question });
      return structuredClone(
        said[subgraph]?.shift() ?? { errors: [{ message: 'Nothing to say.' }] },
      );
    },
  });
});
afterAll(() => executor.stop());
beforeEach(() => {
  asked.length = 0;
  for (const name of ['books', 'people', 'places']) said[name] = [];
});

const say = (subgraph: string, ...responses: SubgraphResponse[]) => {
  said[subgraph] = responses;
};
const representations = (index: number) => asked[index]?.question.variables?.representations;

describe('entities', () => {
  const query =
    '{ shelf { title ... on Book { author { name } } ... on Disc { artist { name } } } }';
  const shelf = [
    { __typename: 'Book', title: 'A', author: { __typename: 'Person', id: 'p1' } },
    { __typename: 'Disc', title: 'B', artist: { __typename: 'Person', id: 'p2' } },
    { __typename: 'Book', title: 'C', author: { __typename: 'Person', id: 'p1' } },
  ];

  test('are asked about once each, wherever they are', async () => {
    const editors = ['p1', 'p2', 'p1', 'p2', 'p1'].map((id) => ({ __typename: 'Person', id }));
    say('books', { data: { book: { editors: [...editors, null] } } });
    say('people', { data: { _entities: [{ name: 'Ada' }, { name: 'Bo' }] } });
    const { data } = await executor.execute({ query: '{ book(id: "b") { editors { name } } }' });
    expect(representations(1)).toEqual([
      { __typename: 'Person', id: 'p1' },
      { __typename: 'Person', id: 'p2' },
    ]);
    const names = ['Ada', 'Bo', 'Ada', 'Bo', 'Ada'].map((name) => ({ name }));
    expect(data).toEqual({ book: { editors: [...names, null] } });
  });

  test('are asked about once each, even if their ids are numbers', async () => {
    const editors = [1, 2, 1].map((id) => ({ __typename: 'Person', id }));
    say('books', { data: { book: { editors } } });
    say('people', { data: { _entities: [{ name: 'Ada' }, { name: 'Bo' }] } });
    const { data } = await executor.execute({ query: '{ book(id: "b") { editors { name } } }' });
    expect(representations(1)).toHaveLength(2);
    expect(data).toEqual({ book: { editors: ['Ada', 'Bo', 'Ada'].map((name) => ({ name })) } });
  });

  test('of which one fails bring an error for every place it stands at', async () => {
    const editors = ['p1', 'p2', 'p1'].map((id) => ({ __typename: 'Person', id }));
    say('books', { data: { book: { editors } } });
    say('people', {
      data: { _entities: [{ nick: null }, { nick: 'Bo' }] },
      errors: [{ message: 'No nick.', path: ['_entities', 0, 'nick'] }],
    });
    const result = await executor.execute({ query: '{ book(id: "b") { editors { nick } } }' });
    expect(result).toEqual({
      data: { book: { editors: [{ nick: null }, { nick: 'Bo' }, { nick: null }] } },
      errors: [0, 2].map((index) => ({ message: 'No nick.', path: `book.editors.${index}.nick` })),
      missing: [],
    });
  });

  test('that fail are told at their own place, even when others before them were not asked about', async () => {
    say('books', {
      data: { search: [{ __typename: 'Disc' }, null, { __typename: 'Person', id: 'p1' }] },
    });
    say('people', {
      data: { _entities: [{ nick: null }] },
      errors: [{ message: 'No nick.', path: ['_entities', 0, 'nick'] }],
    });
    const { errors } = await executor.execute({ query: '{ search { ... on Person { nick } } }' });
    expect(errors).toEqual([{ message: 'No nick.', path: 'search.2.nick' }]);
  });

  test('of a subgraph that is out of reach are null where they may be, and nothing else is', async () => {
    say('books', { data: { shelf } });
    const { data, errors } = await executor.execute({ query });
    // An author can't be null, an artist can.
    expect(data).toBeNull();
    expect(errors.map(({ message }) => message)).toContain('Nothing to say.');
  });

  test('that a subgraph gives too few of are an error', async () => {
    say('books', { data: { book: { author: { __typename: 'Person', id: 'p1' } } } });
    say('people', { data: { _entities: [] } });
    const result = await executor.execute({ query: '{ book(id: "b") { author { name } } }' });
    expect(result.data).toEqual({ book: null });
    expect(result.errors).toHaveLength(1);
  });

  test('bring along what another subgraph requires of them', async () => {
    say('people', { data: { person: { __typename: 'Person', id: 'p1', name: 'Ada' } } });
    say('places', { data: { _entities: [{ tag: '#ADA' }] } });
    const query = 'query ($up: Boolean) { person(id: "p1") { tag(upper: $up) } }';
    const { data } = await executor.execute({ query, variables: { up: true, other: 1 } });
    expect(asked[1]?.question.variables).toEqual({
      up: true,
      representations: [{ __typename: 'Person', id: 'p1', name: 'Ada' }],
    });
    expect(data).toEqual({ person: { tag: '#ADA' } });
  });

  test('inside lists of lists are found', async () => {
    const city = (mayor: string) => ({ mayor: { __typename: 'Person', id: mayor } });
    say('places', { data: { city: { twins: [[city('p1'), city('p2')], [], [city('p1')]] } } });
    say('people', { data: { _entities: [{ name: 'Ada' }, { name: 'Bo' }] } });
    const { data } = await executor.execute({
      query: '{ city(id: "c") { twins { mayor { name } } } }',
    });
    const mayor = (name: string) => ({ mayor: { name } });
    expect(data).toEqual({ city: { twins: [[mayor('Ada'), mayor('Bo')], [], [mayor('Ada')]] } });
  });
});

describe('null where there must be something', () => {
  test('takes the nearest parent that may be null, and says where it was', async () => {
    const track = (name: string | null) => ({ name });
    say('books', {
      data: { favourite: { __typename: 'Disc', tracks: [track('a'), track(null), track('c')] } },
    });
    const query = '{ favourite { ... on Disc { tracks { name } } } }';
    expect(await executor.execute({ query })).toEqual({
      data: { favourite: null },
      errors: [],
      missing: ['favourite.tracks.1.name'],
    });
  });

  test('takes an item alone where items may be null', async () => {
    say('books', { data: { grid: [[{ title: 'A' }, { title: null }], []] } });
    const { data, missing } = await executor.execute({ query: '{ grid { title } }' });
    expect(data).toEqual({ grid: [[{ title: 'A' }, null], []] });
    expect(missing).toEqual(['grid.0.1.title']);
  });

  test('takes everything when nothing on the way may be null', async () => {
    say('people', { data: { people: [{ name: 'Ada' }, {}] } });
    const { data, missing } = await executor.execute({ query: '{ people { name } }' });
    expect({ data, missing }).toEqual({ data: null, missing: ['people.1.name'] });
  });

  test('is no news when the subgraph said why', async () => {
    const errors = [{ message: 'No title.', path: ['grid', 0, 0, 'title'] }];
    say('books', { data: { grid: [[{ title: null }]] }, errors });
    expect(await executor.execute({ query: '{ grid { title } }' })).toEqual({
      data: { grid: [[null]] },
      errors: [{ message: 'No title.', path: 'grid.0.0.title' }],
      missing: [],
    });
  });

  test.each([
    ['a list for an object', { book: [] }, 'book'],
    ['an object for a list', { book: { editors: {} } }, 'book.editors'],
    ['a text for a number', { book: { copies: '3' } }, 'book.copies'],
    ['a number for a text', { book: { title: 3 } }, 'book.title'],
    ['a value that callers don’t know of', { book: { genre: 'SECRET' } }, 'book.genre'],
  ])('is what becomes of %s', async (_, data, path) => {
    const [, field = 'title'] = path.split('.');
    say('books', { data });
    const selected = field === 'editors' ? 'editors { id }' : field;
    const result = await executor.execute({ query: `{ book(id: "b") { ${selected} } }` });
    expect(result.missing).toEqual([path]);
  });
});

describe('a response', () => {
  test('has the fields that were asked for, in that order, under the names given', async () => {
    const book = { id: 'b', title: 'A', c: 'A', isNew: true, extra: 1, __typename: 'Book' };
    say('books', { data: { book: { ...book } } });
    const query = `{ book(id: "b") { ...F c: title t: __typename ... on Item { id } isNew id } }
      fragment F on Book { isNew title }`;
    const { data } = await executor.execute({ query });
    expect(JSON.stringify(data)).toBe(
      '{"book":{"isNew":true,"title":"A","c":"A","t":"Book","id":"b"}}',
    );
  });

  test('may call a field as every object has one', async () => {
    say('books', { data: { constructor: { toString: 'A' } } });
    const query = '{ constructor: book(id: "b") { toString: title hasOwnProperty: rating } }';
    const { data, missing } = await executor.execute({ query });
    expect(data).toEqual({ constructor: { toString: 'A', hasOwnProperty: null } });
    expect(missing).toEqual([]);
  });

  test('may even call it __proto__', async () => {
    say('books', { data: JSON.parse('{"__proto__":{"title":"A"}}') });
    const { data } = await executor.execute({ query: '{ __proto__: book(id: "b") { title } }' });
    expect(JSON.stringify(data)).toBe('{"__proto__":{"title":"A"}}');
  });

  test('tells apart what an interface can be', async () => {
    say('books', {
      data: {
        shelf: [
          { __typename: 'Book', title: 'A', isNew: false },
          { __typename: 'Disc', title: 'B', tracks: [] },
        ],
      },
    });
    const query = `{ shelf { __typename title ... on Book { isNew } ...D } }
      fragment D on Disc { tracks { name } }`;
    const { data } = await executor.execute({ query });
    expect(data).toEqual({
      shelf: [
        { __typename: 'Book', title: 'A', isNew: false },
        { __typename: 'Disc', title: 'B', tracks: [] },
      ],
    });
  });

  test('answers about the schema without a subgraph, beside data', async () => {
    say('books', { data: { book: { title: 'A' } } });
    const query = `query ($n: String!) {
      t: __type(name: $n) { ...N } __typename book(id: "b") { title } } fragment N on __Type { name }`;
    const { data } = await executor.execute({ query, variables: { n: 'Disc' } });
    expect(data).toEqual({ t: { name: 'Disc' }, __typename: 'Query', book: { title: 'A' } });
    expect(asked).toHaveLength(1);
  });
});

describe('@skip and @include', () => {
  const query = `query ($author: Boolean!, $title: Boolean = true) {
    book(id: "b") { ... @include(if: $author) { author { name } } title @skip(if: $title) isNew }
  }`;

  test('spare a subgraph what is not wanted', async () => {
    say('books', { data: { book: { isNew: true, author: { __typename: 'Person', id: 'p1' } } } });
    const { data } = await executor.execute({ query, variables: { author: false } });
    expect(asked.map(({ subgraph }) => subgraph)).toEqual(['books']);
    expect(data).toEqual({ book: { isNew: true } });
  });

  test('may be decided otherwise by the next request', async () => {
    const author = { __typename: 'Person', id: 'p1' };
    const book = { title: 'A', isNew: true, author };
    say('books', { data: { book } }, { data: { book } });
    say('people', { data: { _entities: [{ name: 'Ada' }] } });
    await executor.execute({ query, variables: { author: false } });
    const { data } = await executor.execute({ query, variables: { author: true, title: false } });
    expect(data).toEqual({ book: { author: { name: 'Ada' }, title: 'A', isNew: true } });
  });

  test('take nothing from a variable that only another operation decides by', async () => {
    say('books', { data: { search: [], book: { title: 'A' } } });
    const two = `query Find($x: String) { search(text: $x) { __typename } ...Title }
      query Look($x: Boolean!) { ...Copies } fragment Title on Query { book(id: "b") { title } }
      fragment Copies on Query { book(id: "b") { copies @skip(if: $x) } }`;
    const sent = { query: two, operationName: 'Find', variables: { x: 'text' } };
    const { data, errors } = await executor.execute(sent);
    expect({ data, errors }).toEqual({ data: { search: [], book: { title: 'A' } }, errors: [] });
  });

  test('take no null, even of a variable that may be null', async () => {
    const result = await executor.execute({ query, variables: { author: true, title: null } });
    expect(result.data).toBeUndefined();
    expect(result.errors[0]?.message).toMatch(/^Variable "\$title": expected .*, got null\.$/);
    expect(asked).toEqual([]);
  });
});

test('mutations run one after another, in the order they are written', async () => {
  say('books', { data: { first: { title: 'A' } } }, { data: { third: true } });
  say('people', { data: { second: { name: 'Bo' } } });
  const { data } = await executor.execute({
    query: `mutation { first: addBook(title: "A") { title } second: renamePerson(id: "p", name: "Bo") { name }
      third: removeBook(id: "b") }`,
  });
  expect(asked.map(({ subgraph }) => subgraph)).toEqual(['books', 'people', 'books']);
  expect(data).toEqual({ first: { title: 'A' }, second: { name: 'Bo' }, third: true });
});
