import { createHash } from 'node:crypto';
import { type Clock, isoTime } from '#domain/clock.ts';
import { ulidFromBytes } from '#domain/viewer/ulid.ts';
import { ApiError, type Client } from './client.ts';
import type { SeedMemo } from './content.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

interface Memo {
  readonly id: string;
  readonly version: number;
}

const CREATE =
  'mutation ($input: CreateMemoInput!) { memo: createMemo(input: $input) { id version } }';
const ARCHIVE =
  'mutation ($id: ID!) { updateMemo(input: { id: $id, expectedVersion: 1, state: ARCHIVED }) { id } }';
const TRASH = 'mutation ($id: ID!) { trashMemo(id: $id) { id } }';

/** Writes one memo; what somebody changed since an earlier time stays as they left it. */
export async function writeMemo(
  author: Client,
  padId: string,
  memo: SeedMemo,
  clock: Clock,
): Promise<void> {
  try {
    const { id, version } = await create(author, padId, memo, clock);
    if (version > 1) return;
    if (memo.state === 'ARCHIVED') await author.ask(ARCHIVE, { id });
    if (memo.state === 'TRASHED') await author.ask(TRASH, { id });
  } catch (error) {
    // It was purged, or is being changed right now.
    if (!(error instanceof ApiError) || error.code !== 'CONFLICT') throw error;
  }
}

async function create(author: Client, padId: string, memo: SeedMemo, clock: Clock): Promise<Memo> {
  const { key, title, body, tags = [], color = 'DEFAULT', pinned = false, daysAgo } = memo;
  const ulid = ulidFromBytes(createHash('sha256').update(`${padId}/${key}`).digest());
  const createdAt = isoTime(clock() - daysAgo * DAY_MS);
  const input = { padId, ulid, title, body, tags, color, pinned, createdAt };
  return (await author.ask<{ memo: Memo }>(CREATE, { input })).memo;
}
