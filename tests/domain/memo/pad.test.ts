import { describe, expect, test } from '@jest/globals';
import { retryWhileChanged } from '#domain/memo/attempts.ts';
import { deletePad } from '#domain/memo/deletePad.ts';
import { personalPad } from '#domain/memo/pad.ts';
import type { PadStore, WriteOutcome } from '#domain/memo/padStore.ts';
import { renamePad } from '#domain/memo/renamePad.ts';
import { createUlid } from '#domain/viewer/ulid.ts';

describe('a personal pad', () => {
  test('was made when its user was', () => {
    const madeAt = Date.parse('2026-01-31T09:30:00.123Z');
    const id = createUlid(madeAt, (length) => new Uint8Array(length));
    const pad = { id, name: '', createdAt: '2026-01-31T09:30:00.123Z', role: 'OWNER' };
    expect(personalPad(id)).toEqual(pad);
  });
});

describe('retryWhileChanged', () => {
  const attemptsUntil = (outcomes: WriteOutcome[]) => () => Promise.resolve(outcomes.shift());

  test('gives the first result that is not CHANGED', async () => {
    const outcomes: WriteOutcome[] = ['CHANGED', 'CHANGED', 'CHANGED', 'CHANGED', 'DONE'];
    expect(await retryWhileChanged(attemptsUntil(outcomes))).toBe('DONE');
  });

  test('gives up after 5 attempts with CONFLICT', async () => {
    const outcomes: WriteOutcome[] = Array(6).fill('CHANGED');
    const result = retryWhileChanged(attemptsUntil(outcomes));
    await expect(result).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(outcomes.length).toBe(1);
  });

  test('passes errors on at once', async () => {
    let attempts = 0;
    const failing = () => {
      attempts += 1;
      return Promise.reject(new Error('no table'));
    };
    await expect(retryWhileChanged(failing)).rejects.toThrow('no table');
    expect(attempts).toBe(1);
  });
});

describe('a write to a pad that is overtaken', () => {
  const viewer = { userId: '01JZZZZZZZZZZZZZZZZZZZZZZA', sessionId: 'any' };
  const padId = '01JZZZZZZZZZZZZZZZZZZZZZZP';
  const pad = { id: padId, name: 'Home', createdAt: '', memberCount: 1, ownerCount: 1 };

  test('decides anew whether the viewer may do it', async () => {
    const roles = ['OWNER', 'EDITOR'] as const;
    let reads = 0;
    const pads = {
      role: async () => roles[reads++] ?? null,
      pad: async () => pad,
      listMembers: async () => [],
      renamePad: async () => 'CHANGED',
      deletePad: async () => 'CHANGED',
    } as unknown as PadStore;
    const renaming = renamePad({ pads }, viewer, padId, 'New');
    await expect(renaming).rejects.toMatchObject({ code: 'FORBIDDEN' });
    reads = 0;
    const deleting = deletePad({ pads, clock: () => 0 }, viewer, padId);
    await expect(deleting).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
