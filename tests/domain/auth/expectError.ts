import { expect } from '@jest/globals';
import { type ErrorCode, MemopadError } from '#domain/errors.ts';

/** Expects that a promise rejects with exactly this code and a message like this; gives the error. */
export async function expectError(
  promise: Promise<unknown>,
  code: ErrorCode,
  message: RegExp = /./,
): Promise<MemopadError> {
  const error = await promise.then(
    () => new Error(`Expected ${code}, got a result.`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof MemopadError)) throw error;
  expect({ code: error.code, message: error.message }).toEqual({
    code,
    message: expect.stringMatching(message),
  });
  return error;
}
