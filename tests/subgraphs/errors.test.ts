import { describe, expect, test } from '@jest/globals';
import { type ErrorCode, MemopadError } from '#domain/errors.ts';
import type { LogEntry } from '#domain/log.ts';
import { AWSDateTime } from '#subgraphs/scalars.ts';
import { createSubgraph } from '#subgraphs/subgraph.ts';

const SDL = `
  scalar AWSDateTime
  type Query {
    day(time: AWSDateTime, needed: Int! = 1): AWSDateTime
    count: Int
    never: Int!
    fails(how: String!): String
  }`;

function ask(query: string, variables?: Record<string, unknown>) {
  const logged: LogEntry[] = [];
  const subgraph = createSubgraph({
    sdl: SDL,
    resolvers: {
      AWSDateTime,
      Query: {
        day: (_: unknown, { time }: { time: string }) => time,
        count: () => 'many memos',
        never: () => null,
        fails: (_: unknown, { how }: { how: string }) => {
          if (how === 'ours')
            throw new MemopadError('CONFLICT', 'Taken.', { current: { version: 2 } });
          throw how === 'text' ? 'a text' : new Error('the disk of table memo-prod is full');
        },
      },
    },
    verify: async () => null,
    createContext: () => ({}),
    log: (entry) => logged.push(entry),
  });
  const client = { sourceIp: '127.0.0.1' };
  const answer = subgraph({ query, variables, client, requestId: 'r1' });
  return answer.then(({ data, errors = [] }) => ({ data, errors, logged }));
}

const codesOf = (
  errors: readonly { extensions?: Readonly<Record<string, unknown>> | undefined }[],
) => errors.map(({ extensions }) => extensions?.code as ErrorCode);

describe('what a subgraph says of an error', () => {
  test.each<[string, string, Record<string, unknown>]>([
    ['no GraphQL', 'day please', {}],
    ['an unknown field', '{ night }', {}],
    ['a variable of another type', 'query ($t: Int!) { day(needed: $t) }', { t: 'x' }],
    ['a variable left out', 'query ($t: Int!) { day(needed: $t) }', {}],
    [
      'a variable that a scalar refuses',
      'query ($t: AWSDateTime) { day(time: $t) }',
      { t: 'today' },
    ],
    ['a literal that a scalar refuses', '{ day(time: "2026-02-30T00:00:00Z") }', {}],
    ['null for an argument that takes none', 'query ($t: Int) { day(needed: $t) }', { t: null }],
  ])('is BAD_USER_INPUT for %s', async (_, query, variables) => {
    const { errors, logged } = await ask(query, variables);
    expect(codesOf(errors)).toEqual(['BAD_USER_INPUT']);
    expect(logged).toEqual([]);
  });

  test('is all of it when the error is meant for the caller', async () => {
    const { data, errors, logged } = await ask('{ fails(how: "ours") }');
    expect({ ...data }).toEqual({ fails: null });
    const extensions = { code: 'CONFLICT', current: { version: 2 } };
    expect(errors).toEqual([{ message: 'Taken.', path: ['fails'], extensions }]);
    expect(logged).toEqual([]);
  });

  test.each([
    ['a failing table', '{ fails(how: "disk") }', 'the disk of table memo-prod is full'],
    ['a thrown text', '{ fails(how: "text") }', 'a text'],
    ['null where none may be', '{ never }', 'Cannot return null'],
    ['a result that a scalar can’t write', '{ count }', 'many memos'],
  ])(
    'is INTERNAL for %s, with its place but no words of it in the log',
    async (_, query, words) => {
      const { errors, logged } = await ask(query);
      expect(codesOf(errors)).toEqual(['INTERNAL']);
      expect(errors[0]?.message).toBe('Something went wrong on our side. The request id is r1.');
      expect(JSON.stringify([errors, logged])).not.toContain(words);
      expect(logged).toEqual([
        expect.objectContaining({
          level: 'error',
          requestId: 'r1',
          error: expect.stringMatching(/^\w+\n {4}at /),
        }),
      ]);
    },
  );
});
