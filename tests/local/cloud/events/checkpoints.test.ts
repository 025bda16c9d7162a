import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { forgetOthers, isDone, openCheckpoints } from '#local/cloud/events/checkpoints.ts';
import { planMappings } from '#local/cloud/events/planMappings.ts';
import { useFolders } from '#tests/support/folder.ts';
import { makeResources, roles, streamArnOf } from './resources.ts';

const makeFolder = useFolders();

function makeMapping(properties: Readonly<Record<string, unknown>> = {}) {
  const [mapping] = planMappings(makeResources('Memos', properties), roles());
  if (!mapping) throw new Error('Expected a mapping.');
  return mapping;
}

const position = (number: number): string => String(number).padStart(21, '0');

describe('checkpoints', () => {
  test('are found again', () => {
    const folder = makeFolder();
    expect(openCheckpoints(folder, makeMapping(), 2).saved).toBeUndefined();
    openCheckpoints(folder, makeMapping(), 2).save([position(1), position(2)]);
    expect(openCheckpoints(folder, makeMapping(), 2).saved).toEqual([position(1), position(2)]);
  });

  test('are written when they are closed, and not after that', () => {
    const folder = makeFolder();
    const checkpoints = openCheckpoints(folder, makeMapping(), 1);
    checkpoints.saveSoon(() => [position(1)]);
    checkpoints.close();
    checkpoints.saveSoon(() => [position(2)]);
    checkpoints.close();
    expect(openCheckpoints(folder, makeMapping(), 1).saved).toEqual([position(1)]);
  });

  test('begin at the earliest one when there are more or fewer lanes', () => {
    const folder = makeFolder();
    openCheckpoints(folder, makeMapping(), 2).save([position(9), position(10)]);
    const { saved } = openCheckpoints(folder, makeMapping(), 3);
    expect(saved).toEqual([position(9), position(9), position(9)]);
  });

  test('begin anew with another starting position', () => {
    const folder = makeFolder();
    openCheckpoints(folder, makeMapping(), 1).save([position(1)]);
    const other = makeMapping({ StartingPosition: 'LATEST' });
    expect(openCheckpoints(folder, other, 1).saved).toBeUndefined();
  });

  test('are forgotten when their mapping is gone', () => {
    const folder = makeFolder();
    const gone = { ...makeMapping(), name: { stack: 'Test', id: 'Gone' } };
    openCheckpoints(folder, makeMapping(), 1).save([position(1)]);
    openCheckpoints(folder, gone, 1).save([position(1)]);
    forgetOthers(folder, [makeMapping()]);
    expect(readdirSync(folder)).toEqual(['Test-Mapping.json']);
  });

  test('say whether a stream is done', () => {
    const folder = makeFolder();
    const stream = streamArnOf('Memos');
    expect(isDone(`${folder}/none`, stream, position(5))).toBe(true);
    openCheckpoints(folder, makeMapping(), 2).save([position(5), position(4)]);
    expect(isDone(folder, stream, position(4))).toBe(true);
    expect(isDone(folder, stream, position(5))).toBe(false);
    expect(isDone(folder, streamArnOf('Others'), position(5))).toBe(true);
  });
});
