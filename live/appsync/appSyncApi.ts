import type { SignedClient } from '#aws/signedClient.ts';
import { PlainError } from '#domain/errors.ts';
import { readChangeCursor } from '#domain/memo/changeCursor.ts';
import type { LoggedChange } from '#domain/memo/changeLog.ts';
import { END_WATCHING, PUBLISH } from './publishDocument.ts';

/** Consecutive changes of one log, at least one. */
export interface Publication {
  readonly padId: string;
  readonly changes: readonly LoggedChange[];
  /** Says of each change that there is more to read than is told: for one that can't be told otherwise. */
  readonly bare: boolean;
}

/** What the live service does through AppSync. */
export interface AppSyncApi {
  /** Publishes as many of the changes as one message holds, and gives the number of the last. @throws PublishRefused, AppSyncOutOfReach */
  publish(publication: Publication): Promise<number>;
  /** Ends what these users, at most 5, watch of a pad. @throws PublishRefused, AppSyncOutOfReach */
  endWatching(padId: string, userIds: readonly string[]): Promise<void>;
}

/** How many subscriptions' owners one mutation may name: AppSync ends so many at once. */
export const ENDED_AT_ONCE = 5;

/** AppSync did not answer, or has no time for us: the same may be taken a moment later. */
export class AppSyncOutOfReach extends PlainError {}

/** AppSync answered, with errors: what was published may be the reason. */
export class PublishRefused extends PlainError {}

/** Calls the mutations that only the live service may call. @param client of the service `appsync`, at the API's origin */
export function createAppSyncApi(client: SignedClient, path: string): AppSyncApi {
  const run = async (query: string, variables: object): Promise<Record<string, unknown>> => {
    const body = JSON.stringify({ query, variables });
    const { status, body: text } = await client(path, body, HEADERS).catch((cause: unknown) => {
      throw new AppSyncOutOfReach('Expected AppSync to answer.', { cause });
    });
    if (status !== OK) {
      throw new AppSyncOutOfReach(`Expected AppSync to take a mutation, got status ${status}.`);
    }
    return readData(text);
  };
  return {
    async publish({ padId, changes, bare }) {
      const [first] = changes;
      const batch = { padId, epoch: first?.epoch, bare, changes: changes.map(toInput) };
      const { publishMemoChanges } = await run(PUBLISH, { batch });
      const { to } = (publishMemoChanges ?? {}) as { readonly to?: unknown };
      const end = readChangeCursor(String(to));
      if (!end || !first || end.seq < first.seq) {
        throw new PublishRefused('Expected AppSync to say how far it has published.');
      }
      return end.seq;
    },
    async endWatching(padId, userIds) {
      await run(END_WATCHING, { padId, userIds });
    },
  };
}

const OK = 200;
const HEADERS = { 'content-type': 'application/json' };

/** What a log tells of a change beside where it comes from. */
function toInput({ seq, kind, memoId, aboutPadId, version, truncated }: LoggedChange): object {
  return { seq, kind, memoId, padId: aboutPadId, version, truncated };
}

/** @throws PublishRefused when a part could not be had: watchers would take what is missing for purged */
function readData(text: string): Record<string, unknown> {
  const { data, errors = [] } = parse(text);
  if (data && errors.length === 0) return data;
  const types = errors.map(({ errorType }) => (isWord(errorType) ? errorType : 'an error'));
  const message = `Expected AppSync to publish, got ${types.join(', ') || 'no data'}.`;
  const isBusy = types.some((type) => type === 'RATE_LIMITED');
  throw isBusy ? new AppSyncOutOfReach(message) : new PublishRefused(message);
}

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly errorType?: unknown }[];
}

function parse(text: string): Answer {
  try {
    return Object(JSON.parse(text)) as Answer;
  } catch {
    throw new AppSyncOutOfReach('Expected a GraphQL response of AppSync.');
  }
}

/** Only a name: AppSync's messages may quote what they choked on. */
function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[\w:]{1,100}$/.test(value);
}
