import { describe, expect, test } from '@jest/globals';
import { buildSchema, getOperationAST, parse } from 'graphql';
import type { GatewayContext } from '#gateway/context.ts';
import { type CompiledOperation, compileOperation } from '#gateway/executor/operation.ts';
import { createOperations } from '#gateway/executor/operations.ts';

const compiled = (name: string) => ({ name }) as unknown as CompiledOperation;

describe('the operations that came before', () => {
  test('are found by text and name, once they are compiled', async () => {
    const operations = createOperations();
    const one = compiled('one');
    expect(operations.find('{ me { id } }', undefined)).toBeUndefined();
    await operations.findOrCompile('{ me { id } }', undefined, async () => one);
    expect(operations.find('{ me { id } }', undefined)).toBe(one);
    expect(operations.find('{ me { id } }', 'Me')).toBeUndefined();
    expect(operations.find('{ me  { id } }', undefined)).toBeUndefined();
  });

  test('are compiled once for all who wait', async () => {
    const operations = createOperations();
    let times = 0;
    const compile = async () => {
      times += 1;
      return compiled(String(times));
    };
    const found = [1, 2, 3].map(() => operations.findOrCompile('{ a }', undefined, compile));
    expect(new Set(await Promise.all(found)).size).toBe(1);
    expect(times).toBe(1);
  });

  test('are forgotten when they could not be compiled', async () => {
    const operations = createOperations();
    const failing = async () => Promise.reject(new Error('no plan'));
    await expect(operations.findOrCompile('{ a }', undefined, failing)).rejects.toThrow('no plan');
    const one = compiled('one');
    expect(await operations.findOrCompile('{ a }', undefined, async () => one)).toBe(one);
  });

  test('are forgotten before their texts take much memory', async () => {
    const operations = createOperations();
    const text = (index: number) => `${index}`.padEnd(20_000);
    for (let index = 0; index < 26; index += 1) {
      await operations.findOrCompile(text(index), undefined, async () => compiled('any'));
    }
    expect(operations.find(text(0), undefined)).toBeUndefined();
    expect(operations.find(text(25), undefined)).toBeDefined();
  });

  test('are forgotten before many take much memory, however short their texts', async () => {
    const operations = createOperations();
    const text = (index: number) => `{ a${index} }`;
    for (let index = 0; index < 5_000; index += 1) {
      await operations.findOrCompile(text(index), undefined, async () => compiled('any'));
    }
    expect(operations.find(text(0), undefined)).toBeUndefined();
    expect(operations.find(text(4_999), undefined)).toBeDefined();
  });

  test('of one document are forgotten before they take much memory', async () => {
    const operations = createOperations();
    const text = ''.padEnd(5_000);
    for (let index = 0; index < 100; index += 1) {
      await operations.findOrCompile(text, `Name${index}`, async () => compiled('any'));
    }
    expect(operations.find(text, 'Name0')).toBeUndefined();
    expect(operations.find(text, 'Name99')).toBeDefined();
  });

  test('are forgotten when they grow while they run, and come again', async () => {
    const operations = createOperations();
    let grow = (_fields: number) => {};
    const compile = async (weighFields: typeof grow) => {
      grow = weighFields;
      return compiled('any');
    };
    await operations.findOrCompile('{ a }', undefined, compile);
    for (let times = 0; times < 12; times += 1) grow(10_000);
    expect(operations.find('{ a }', undefined)).toBeDefined();
    grow(10_000);
    expect(operations.find('{ a }', undefined)).toBeUndefined();
    await operations.findOrCompile('{ a }', undefined, compile);
    expect(operations.find('{ a }', undefined)).toBeDefined();
  });
});

test('an operation says how many fields are kept for each way that @skip and @include turn out', async () => {
  const document = parse('query ($a: Boolean!) { __typename again: __typename @skip(if: $a) }');
  const operation = getOperationAST(document);
  if (!operation) throw new Error('Expected an operation.');
  const weighed: number[] = [];
  const { run } = compileOperation({
    ...{ plan: { kind: 'QueryPlan' }, document, operation, subgraphs: new Map() },
    schema: buildSchema('type Query { a: Int }'),
    types: { isSubtype: () => false },
    weighFields: (count) => weighed.push(count),
  });
  const context = {} as GatewayContext;
  for (const a of [true, false, true, false]) await run({ a }, context);
  expect(weighed).toEqual([1, 2]);
});
