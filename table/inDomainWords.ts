import { MemopadError } from '#domain/errors.ts';

/** How DynamoDB says, after the SDK's own retries, that it can't keep up. */
const THROTTLED = [
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
];
const RETRY_AFTER_SECONDS = 1;

type Methods<Store> = {
  [Name in keyof Store]: (...given: never[]) => Promise<unknown>;
};

/** A store whose errors are the domain's, as far as a caller can do something about them; the rest stays as it is and is masked. */
export function inDomainWords<Store extends Methods<Store>>(store: Store): Store {
  const methods = Object.entries<(...given: never[]) => Promise<unknown>>(store);
  return Object.fromEntries(
    methods.map(([name, method]) => [
      name,
      (...given: never[]) => method(...given).catch(throwInDomainWords),
    ]),
  ) as Store;
}

function throwInDomainWords(error: unknown): never {
  const name = error instanceof Error ? error.name : '';
  if (THROTTLED.includes(name)) {
    const details = { retryAfterSeconds: RETRY_AFTER_SECONDS };
    throw new MemopadError('RATE_LIMITED', 'Too many requests at once. Try again.', details, error);
  }
  if (name === 'ItemCollectionSizeLimitExceededException') {
    throw new MemopadError('PAYLOAD_TOO_LARGE', 'Expected a pad of at most 10 GB.', {}, error);
  }
  throw error;
}
