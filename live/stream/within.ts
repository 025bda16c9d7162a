import { PlainError } from '#domain/errors.ts';

/** Work took longer than it was given. What of it is under way goes on, unheard. */
export class TookTooLong extends PlainError {}

/** Says whether the time is over: to be asked before each step. */
export type IsOver = () => boolean;

/** Waits for work so many milliseconds. @throws TookTooLong, or what the work throws */
export async function within<Result>(
  ms: number,
  work: (isOver: IsOver) => Promise<Result>,
): Promise<Result> {
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isOver = true;
      reject(new TookTooLong(`Expected to be done within ${ms} ms.`));
    }, ms);
  });
  try {
    return await Promise.race([work(() => isOver), end]);
  } finally {
    clearTimeout(timer);
  }
}
