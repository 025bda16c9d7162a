import { randomBytes } from 'node:crypto';
import { createUlid } from '#domain/viewer/ulid.ts';
import type { RunningApi } from '#local/appsync/api.ts';
import type { AppSyncCaller } from '#local/appsync/auth/caller.ts';
import type { GraphQLAnswer } from '#local/appsync/execution/execute.ts';
import { ACCOUNT } from '#local/cloud/account.ts';
import { PASSWORD } from '#tests/domain/auth/useAuth.ts';
import { API_KEY, ROLE } from './appsyncParts.ts';
import type { TestIssuer } from './issuer.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** Somebody who asks the API. */
export interface AppSyncAsker {
  /** Runs an operation that shall succeed, and gives its data. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it has asked for
  ask<Data = any>(document: string, variables?: Variables): Promise<Data>;
  /** Runs an operation that shall fail, and says how: `NOT_FOUND: Expected …`. */
  refused(document: string, variables?: Variables): Promise<string>;
  /** What the API answers, whatever it is. */
  answer(document: string, variables?: Variables): Promise<GraphQLAnswer>;
  /** Starts a subscription, without a socket. Rejects with `CODE: message` when it is refused. */
  subscribe(document: string, variables?: Variables): Promise<TestSubscription>;
}

export interface TestSubscription {
  /** The `data` (or, with errors, the whole payload) of each message so far. */
  readonly received: GraphQLAnswer[];
  /** Whether it was invalidated. */
  readonly ended: boolean;
  stop(): void;
}

export interface AppSyncPerson extends AppSyncAsker {
  readonly id: string;
  readonly token: string;
}

export interface AppSyncPeople {
  /** Somebody new with a token: nothing is written. */
  person(): Promise<AppSyncPerson>;
  /** Somebody new who has signed up through the API. */
  signUp(displayName?: string): Promise<AppSyncPerson>;
  /** Whoever has this access token. */
  holder(token: string): AppSyncAsker;
  /** Whoever has the API key. */
  readonly visitor: AppSyncAsker;
  /** The live service: it signs. */
  readonly service: AppSyncAsker;
}

const SOURCE_IP = '127.0.0.1';

const SIGN_UP = `mutation ($input: SignUpInput!) {
  signUp(input: $input) { user { id } accessToken }
}`;

export interface PeopleOptions {
  readonly api: RunningApi;
  readonly issuer: TestIssuer;
  readonly nowMs: number;
}

export function makePeople(test: PeopleOptions): AppSyncPeople {
  const { api, issuer } = test;
  const byHeaders = (headers: Record<string, string>) =>
    createAsker(api, headers, () =>
      api.identify({ method: 'POST', path: '/graphql', headers, body: Buffer.of() }, SOURCE_IP),
    );
  const holder = (token: string) => byHeaders({ authorization: `Bearer ${token}` });
  const visitor = byHeaders({ 'x-api-key': API_KEY });
  return {
    holder,
    visitor,
    service: createAsker(api, {}, async () => SERVICE),
    async person() {
      const id = createUlid(test.nowMs, randomBytes);
      const sessionId = createUlid(test.nowMs, randomBytes);
      const { token } = await issuer.issue({ userId: id, sessionId });
      return { id, token, ...holder(token) };
    },
    async signUp(displayName = '박미나') {
      const email = `${createUlid(test.nowMs, randomBytes).toLowerCase()}@example.com`;
      const input = { email, password: PASSWORD, displayName };
      const { signUp } = await visitor.ask(SIGN_UP, { input });
      const { user, accessToken: token } = signUp;
      return { id: user.id, token, ...holder(token) };
    },
  };
}

/** A function of ours whose role may publish. */
const SERVICE: AppSyncCaller = {
  mode: 'AWS_IAM',
  identity: { accountId: ACCOUNT, userArn: ROLE, username: 'test', sourceIp: [SOURCE_IP] },
  mayCall: (typeName) => typeName === 'Mutation',
};

function createAsker(
  api: RunningApi,
  headers: Readonly<Record<string, string>>,
  identify: () => Promise<AppSyncCaller>,
): AppSyncAsker {
  const asking = async () => ({
    caller: await identify(),
    facts: {
      headers: {
        ...headers,
        'x-forwarded-for': `${SOURCE_IP}, ${SOURCE_IP}`,
        'user-agent': 'a test',
      },
    },
  });
  const answer: AppSyncAsker['answer'] = async (query, variables) =>
    (await api.execute({ query, variables }, await asking())).answer;
  return {
    answer,
    async ask(document, variables) {
      const { data, errors } = await answer(document, variables);
      if (errors) throw new Error(`Expected an answer without errors, got ${tell({ errors })}`);
      return data as never;
    },
    async refused(document, variables) {
      const { errors, data } = await answer(document, variables);
      if (!errors) throw new Error(`Expected a refusal, got ${JSON.stringify(data)}`);
      return tell({ errors });
    },
    async subscribe(query, variables) {
      const received: GraphQLAnswer[] = [];
      const state = { received, ended: false, stop: () => {} };
      const started = await api.subscribe({ query, variables }, await asking(), {
        deliver: (payload) => void received.push(payload),
        end: () => {
          state.ended = true;
        },
      });
      if (started.kind === 'REFUSED') throw new Error(tell(started));
      return Object.assign(state, { stop: started.stop });
    },
  };
}

function tell({ errors }: Pick<GraphQLAnswer, 'errors'>): string {
  return (errors ?? [])
    .map(({ errorType, message }) => `${errorType ?? 'none'}: ${message}`)
    .join('; ');
}
