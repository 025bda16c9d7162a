import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { forgetOthers, isDone, openCheckpoints } from '#local/cloud/events/checkpoints.ts';
import { planMappings } from '#local/cloud/events/planMappings.ts';
import { StartError } from '#local/startError.ts';
import { useFolders } from '#tests/support/folder.ts';
import { waitFor } from '#tests/support/waitFor.ts';
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

  test('are written when they are closed, and not after that', async () => {
    const folder = makeFolder();
    const checkpoints = openCheckpoints(folder, makeMapping(), 1);
    checkpoints.saveSoon(() => [position(1)]);
    await checkpoints.close();
    checkpoints.saveSoon(() => [position(2)]);
    await checkpoints.close();
    expect(openCheckpoints(folder, makeMapping(), 1).saved).toEqual([position(1)]);
  });

  test('are written as soon as they can be', async () => {
    const folder = join(makeFolder(), 'events');
    const checkpoints = openCheckpoints(folder, makeMapping(), 1);
    rmSync(folder, { recursive: true });
    let tries = 0;
    checkpoints.saveSoon(() => {
      tries += 1;
      return [position(tries)];
    });
    await waitFor('a second try', () => tries >= 2);
    mkdirSync(folder);
    await waitFor('the file', () => readdirSync(folder).includes('Test-Mapping.json'));
    await checkpoints.close();
    expect(openCheckpoints(folder, makeMapping(), 1).saved).toEqual([position(tries)]);
  });

  test('hold up nobody while they are written, and an older one never comes after a newer one', async () => {
    const folder = makeFolder();
    const checkpoints = openCheckpoints(folder, makeMapping(), 1);
    const closed = new Promise<string[]>((resolve) => {
      checkpoints.saveSoon(() => {
        process.nextTick(async () => {
          const underWay = process.getActiveResourcesInfo();
          checkpoints.saveSoon(() => [position(2)]);
          await checkpoints.close();
          resolve(underWay);
        });
        return [position(1)];
      });
    });
    expect((await closed).join()).toContain('FSReq');
    expect(openCheckpoints(folder, makeMapping(), 1).saved).toEqual([position(2)]);
    expect(readdirSync(folder)).toEqual(['Test-Mapping.json']);
  });

  test('that can’t be read stop the start, and the file is named', () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'Test-Mapping.json'), '{"positions":');
    expect(() => openCheckpoints(folder, makeMapping(), 1)).toThrow(StartError);
    expect(() => openCheckpoints(folder, makeMapping(), 1)).toThrow(
      `Expected ${folder}/Test-Mapping.json to hold places in a stream as JSON.`,
    );
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
