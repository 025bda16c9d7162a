import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { buildSchema, type OperationDefinitionNode, parse, validate } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { AUTH_OPERATIONS } from '#web/playground/authRequests.ts';
import type { Example, LookedUp } from '#web/playground/examples/example.ts';
import { SHELVES } from '#web/playground/examples/shelves.ts';

const SCHEMA = buildSchema(readFileSync('schema/generated/api.graphql', 'utf8'));
const EXAMPLES = SHELVES.flatMap(({ examples }) => examples);
const BY_TITLE = EXAMPLES.map((example) => [example.title, example] as const);
const LOOKUPS = EXAMPLES.flatMap(({ title, operation, lookup }) =>
  lookup ? [[title, { operation, lookup }] as const] : [],
);

const FULL: LookedUp = {
  memos: {
    nodes: [
      {
        id: 'u.m',
        version: 7,
        tasks: [
          { index: 0, done: true },
          { index: 1, done: false },
        ],
      },
    ],
  },
  pads: [
    { id: 'u', personal: true, role: 'OWNER' },
    { id: 'p1', personal: false, role: 'EDITOR' },
    { id: 'p2', personal: false, role: 'OWNER' },
  ],
};
const EMPTY: LookedUp = {
  memos: { nodes: [] },
  pads: [{ id: 'p1', personal: false, role: 'EDITOR' }],
};

function problems(operation: string, variables: object = {}): string[] {
  const document = parse(operation);
  const [definition] = document.definitions as OperationDefinitionNode[];
  const { errors = [] } = getVariableValues(SCHEMA, definition?.variableDefinitions ?? [], {
    ...variables,
  });
  return [...validate(SCHEMA, document), ...errors].map(({ message }) => message);
}

describe('every example', () => {
  test.each(BY_TITLE)('%s is valid against the API, with its variables', (_title, example) => {
    expect(problems(example.operation, example.variables)).toEqual([]);
  });

  test.each(BY_TITLE)(
    '%s sends no variable that its operation does not take',
    (_title, example) => {
      expect(undeclared(example)).toEqual([]);
    },
  );

  test('is one operation with a name of its own', () => {
    const names = EXAMPLES.map(({ operation }) => {
      const { definitions } = parse(operation);
      expect(definitions).toHaveLength(1);
      return (definitions[0] as OperationDefinitionNode).name?.value;
    });
    expect(new Set(names).size).toBe(EXAMPLES.length);
    expect(names).not.toContain(undefined);
  });

  test('covers what a first visitor looks for', () => {
    const text = EXAMPLES.map(({ operation }) => operation).join();
    for (const field of [
      'signUp',
      'createMemo',
      'memos',
      'setTaskDone',
      'createInvite',
      'acceptInvite',
    ])
      expect(text).toContain(`${field}(`);
    expect(JSON.stringify(EXAMPLES)).toMatch(/[가-힣]/);
  });
});

describe('every lookup', () => {
  test.each(LOOKUPS)('of %s is valid against the API', (_title, { lookup }) => {
    expect(problems(lookup.operation)).toEqual([]);
  });

  test.each(LOOKUPS)(
    'of %s fills variables its operation takes',
    (_title, { operation, lookup }) => {
      const variables = lookup.variables(FULL);
      expect(variables).not.toBeNull();
      expect(problems(operation, variables ?? {})).toEqual([]);
      expect(JSON.stringify(variables)).toMatch(/u\.m|p2|"u"/);
    },
  );

  test.each(LOOKUPS)('of %s gives nothing when there is nothing', (_title, { lookup }) => {
    expect(lookup.variables(EMPTY)).toBeNull();
    expect(lookup.variables({})).toBeNull();
  });

  test('of “Tick a task” finds the first task that is open', () => {
    const tick = EXAMPLES.find(({ title }) => title === 'Tick a task');
    expect(tick?.lookup?.variables(FULL)).toEqual({
      memoId: 'u.m',
      index: 1,
      done: true,
      expectedVersion: 7,
    });
  });
});

test.each(Object.entries(AUTH_OPERATIONS))('the page’s own %s is valid', (_name, operation) => {
  const document = parse(operation);
  expect(validate(SCHEMA, document)).toEqual([]);
});

function undeclared({ operation, variables = {} }: Example): string[] {
  const [definition] = parse(operation).definitions as OperationDefinitionNode[];
  const declared =
    definition?.variableDefinitions?.map(({ variable }) => variable.name.value) ?? [];
  return Object.keys(variables).filter((name) => !declared.includes(name));
}
