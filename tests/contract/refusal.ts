import { expect } from '@jest/globals';
import type { ErrorCode } from '#domain/errors.ts';
import type { Answer, AnswerError } from './door.ts';

/**
 * Expects that an operation was refused with exactly this code, and that the message, where it is ours, says
 * what was expected or what came. Gives the error for a closer look.
 */
export async function expectRefusal(
  attempt: Answer | Promise<Answer>,
  code: ErrorCode,
  gist: RegExp = /./,
): Promise<AnswerError> {
  const { data, errors, inOurWords } = await attempt;
  const [error] = errors;
  if (!error) throw new Error(`Expected ${code}, got ${JSON.stringify(data)}.`);
  expect({ code: error.extensions.code, message: error.message }).toEqual({
    code,
    message: expect.stringMatching(inOurWords || error.path ? gist : /./),
  });
  expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
  return error;
}
