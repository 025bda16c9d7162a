import { MemopadError } from '#domain/errors.ts';

const MAX_LENGTH = 254;
const MAX_LOCAL_PART = 64;

/** An e-mail address that may name an account. */
export interface Email {
  /** As it was given. */
  readonly address: string;
  /** Equal for addresses that differ in case alone. */
  readonly key: string;
}

/** What a browser accepts in `<input type="email">`: https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address */
const ADDRESS =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;

/**
 * Reads an e-mail address. ASCII only, so that case is plain and no two addresses look the same.
 * @throws BAD_USER_INPUT
 */
export function parseEmail(text: string): Email {
  if (text.length > MAX_LENGTH) {
    throw refusal(`one of at most ${MAX_LENGTH} characters, got ${text.length}`);
  }
  if (!ADDRESS.test(text) || text.indexOf('@') > MAX_LOCAL_PART) {
    throw refusal('one such as name@example.com');
  }
  return { address: text, key: text.toLowerCase() };
}

function refusal(expected: string): MemopadError {
  return new MemopadError('BAD_USER_INPUT', `Expected an e-mail address, ${expected}.`);
}
