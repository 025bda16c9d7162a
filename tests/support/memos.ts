import { randomBytes } from 'node:crypto';
import { beforeAll } from '@jest/globals';
import { isoTime } from '#domain/clock.ts';
import { MemopadError } from '#domain/errors.ts';
import type { CreateMemoPorts } from '#domain/memo/createMemo.ts';
import type { PadRole } from '#domain/memo/role.ts';
import { createUlid } from '#domain/viewer/ulid.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import { createMemoStore } from '#table/memo/memoStore.ts';
import { MEMO_TABLE } from '#table/tables.ts';
import { type TestTable, useTable } from './engine.ts';

export const NOW = Date.parse('2026-01-31T09:30:00.000Z');
export const DAY_MS = 24 * 60 * 60 * 1000;

/** The memo use cases' ports on a real table, with a clock and memberships that tests set. */
export interface TestMemos extends CreateMemoPorts {
  /** Moves the clock and says the new time. */
  pass(milliseconds: number): string;
  setRole(padId: string, viewer: Viewer, role: PadRole): void;
}

/** An empty table for the tests of one file, and the ports on it: filled before the first of them. */
export function useMemos(): { readonly table: TestTable; readonly ports: TestMemos } {
  const table = useTable(MEMO_TABLE);
  const ports = {} as TestMemos;
  beforeAll(() => {
    Object.assign(ports, memosOn(table));
  });
  return { table, ports };
}

export function memosOn(table: TestTable): TestMemos {
  let now = NOW;
  const roles = new Map<string, PadRole>();
  return {
    memos: createMemoStore(table),
    members: { role: async (padId, userId) => roles.get(`${padId} ${userId}`) ?? null },
    clock: () => now,
    pause: async () => undefined,
    randomBytes,
    pass(milliseconds) {
      now += milliseconds;
      return isoTime(now);
    },
    setRole: (padId, { userId }, role) => void roles.set(`${padId} ${userId}`, role),
  };
}

/** A user of their own, so that tests don't see each other's memos. */
export function someViewer(): Viewer {
  return { userId: someUlid(), sessionId: someUlid() };
}

export function someUlid(): string {
  return createUlid(NOW, randomBytes);
}

/** The error that an action ends with, which must be one meant for callers. */
export async function errorOf(action: Promise<unknown>): Promise<MemopadError> {
  const error = await action.then(
    () => new Error('Expected an error, got none.'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof MemopadError)) throw error;
  return error;
}
