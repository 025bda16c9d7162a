import type { Clock } from '#domain/clock.ts';
import type { HttpHandler } from '#domain/viewer/httpMessage.ts';
import { PEOPLE, PERSONAL_MEMOS, SHARED_MEMOS } from './content.ts';
import { writeMemo } from './memos.ts';
import { enter, leave } from './people.ts';
import { findOrMakePad, invite } from './sharedPad.ts';

/**
 * Writes the demo account, two people it shares a pad with, and their memos, all through the API.
 * Doing it again changes nothing and brings back nothing that somebody changed or purged.
 */
export async function seed(gateway: HttpHandler, clock: Clock = Date.now): Promise<void> {
  // One after the other: the throttle counts sign-ups, and lists show memos by the time of writing.
  const demo = await enter(gateway, PEOPLE.demo);
  const mina = await enter(gateway, PEOPLE.mina);
  const alex = await enter(gateway, PEOPLE.alex);
  const people = { demo, mina, alex };
  const pad = await findOrMakePad(demo);
  await invite(demo, pad, mina, 'EDITOR');
  await invite(demo, pad, alex, 'VIEWER');
  for (const memo of SHARED_MEMOS) {
    await writeMemo(people[memo.author ?? 'demo'], pad.id, memo, clock);
  }
  for (const memo of PERSONAL_MEMOS) await writeMemo(demo, demo.userId, memo, clock);
  for (const person of Object.values(people)) await leave(person);
}
