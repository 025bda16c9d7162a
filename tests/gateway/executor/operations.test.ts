import { describe, expect, test } from '@jest/globals';
import type { CompiledOperation } from '#gateway/executor/operation.ts';
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
});
