import { randomBytes } from 'node:crypto';
import { createPasswordHasher } from '#domain/auth/passwordHash.ts';
import { answerBench } from '#tests/bench/harness/child.ts';

/** Checks a password against its hash, as a sign-in does, for so many milliseconds; gives the duration of each check. */
async function checkPasswords({ forMs }: { forMs: number }): Promise<number[]> {
  const hasher = createPasswordHasher({ randomBytes });
  const phc = await hasher.hash('correct horse battery staple');
  const durations: number[] = [];
  const deadline = performance.now() + forMs;
  for (let now = performance.now(); now < deadline; ) {
    if (!(await hasher.matches('correct horse battery staple', phc))) throw new Error('no match');
    const then = performance.now();
    durations.push(then - now);
    now = then;
  }
  return durations;
}

answerBench(null, checkPasswords);
