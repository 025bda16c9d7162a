import { type AnswerError, readAppSyncAnswer } from '#client/appsyncAnswer.ts';

/** The errors of a message of the socket, in the words of every door: at least one. */
export function refusalOf(payload: { readonly errors?: unknown }): readonly AnswerError[] {
  const { errors } = readAppSyncAnswer(OK, payload);
  return errors.length > 0 ? errors : errorOf('INTERNAL', 'AppSync refused without a reason.');
}

const OK = 200;

/** Something we say ourselves. */
export function errorOf(code: string, message: string): AnswerError[] {
  return [{ message, extensions: { code } }];
}
