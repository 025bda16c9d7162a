import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createLineReader, createTail } from '#local/cloud/lambda/lines.ts';
import { openFunctionLogs } from '#local/cloud/lambda/logs.ts';
import { useFolders } from '#tests/support/folder.ts';
import { useFunctions } from './useFunctions.ts';

const start = useFunctions();
const makeFolder = useFolders();

describe('what a function writes', () => {
  test('arrives line by line, as it was written', async () => {
    const { functions, lines } = start(
      `export const handler = () => {
        process.stdout.write('{"level":"info"}\\n');
        process.stderr.write('two ');
        process.stderr.write(Buffer.from('parts\\nno break'));
      }`,
    );
    await functions.invoke('greeter', '{}');
    expect(lines).toEqual(['{"level":"info"}', 'two parts', 'no break']);
  });

  test('through console gets time, request and level, and stays one line', async () => {
    const { functions, lines } = start(
      `export const handler = () => { console.log('a\\nb', { n: 1 }); console.warn('w') }`,
      {},
      { newRequestId: () => 'request-1' },
    );
    await functions.invoke('greeter', '{}');
    expect(lines).toEqual([
      expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z\trequest-1\tINFO\ta\rb \{ n: 1 \}$/),
      expect.stringMatching(/\trequest-1\tWARN\tw$/),
    ]);
  });

  test('tells its writer when it is written', async () => {
    const { functions } = start(
      `export const handler = () => new Promise((resolve) => {
        process.stdout.write('x\\n', () => resolve('called'));
      })`,
    );
    expect((await functions.invoke('greeter', '{}')).payload).toBe('"called"');
  });

  test('includes Node’s warnings', async () => {
    const { functions, lines } = start(
      `export const handler = async () => {
        process.emitWarning('old ways');
        await new Promise((resolve) => setTimeout(resolve, 1));
      }`,
    );
    await functions.invoke('greeter', '{}');
    expect(lines).toEqual([expect.stringMatching(/\tWARN\tWarning: old ways$/)]);
  });

  test('comes back as the tail of the invocation, between Lambda’s lines', async () => {
    const { functions } = start(
      `export const handler = () => { process.stdout.write('hello\\n') }`,
      {},
      { newRequestId: () => 'request-1', clock: () => 5 },
    );
    await functions.invoke('greeter', '{}');
    expect((await functions.invoke('greeter', '{}')).logTail.split('\n')).toEqual([
      'START RequestId: request-1 Version: $LATEST',
      'hello',
      'END RequestId: request-1',
      'REPORT RequestId: request-1\tDuration: 0.00 ms\tBilled Duration: 0 ms\tMemory Size: 128 MB\t',
      '',
    ]);
  });
});

describe('the files', () => {
  test('hold the lines of one function each', () => {
    const folder = makeFolder();
    const printed: string[] = [];
    const logs = openFunctionLogs({ folder, print: (line) => printed.push(line) });
    logs.onLog('gateway', 'one');
    logs.onLog('memo', 'two');
    logs.onLog('gateway', 'three');
    logs.close();
    expect(readFileSync(join(folder, 'gateway.log'), 'utf8')).toBe('one\nthree\n');
    expect(readFileSync(join(folder, 'memo.log'), 'utf8')).toBe('two\n');
    expect(printed).toEqual(['gateway: one', 'memo: two', 'gateway: three']);
  });

  test('are put aside when they are full', () => {
    const folder = makeFolder();
    const logs = openFunctionLogs({ folder, maxBytes: 4 });
    for (const line of ['first', 'second', '3']) {
      logs.onLog('gateway', line);
      logs.close();
    }
    expect(readFileSync(join(folder, 'gateway.1.log'), 'utf8')).toBe('second\n');
    expect(readFileSync(join(folder, 'gateway.log'), 'utf8')).toBe('3\n');
  });

  test('are never outside their folder', () => {
    const folder = makeFolder();
    const logs = openFunctionLogs({ folder });
    logs.onLog('../../gateway', 'x');
    logs.close();
    expect(readFileSync(join(folder, '______gateway.log'), 'utf8')).toBe('x\n');
  });
});

test('a line that never ends is cut', () => {
  const lines: string[] = [];
  const reader = createLineReader((line) => lines.push(line));
  for (let count = 0; count < 5; count += 1) reader.add('x'.repeat(100_000));
  expect(lines.map(({ length }) => length)).toEqual([300_000]);
});

test('a tail holds at most 4 KB, of whole characters', () => {
  const tail = createTail();
  for (let count = 0; count < 100; count += 1) tail.add('메모'.repeat(50));
  expect(Buffer.byteLength(tail.text())).toBeLessThanOrEqual(4 * 1024);
  expect(tail.text()).toMatch(/^[메모\n]+$/);
});
