import { beforeAll } from '@jest/globals';
import type { ErrorCode } from '#domain/errors.ts';
import type { LogEntry } from '#domain/log.ts';
import type { SubgraphError } from '#domain/viewer/subgraphRequest.ts';
import { type AuthService, createAuthService } from '#subgraphs/auth/server.ts';
import type { DynamoDb } from '#table/dynamoDb.ts';
import { AUTH_TABLE } from '#table/tables.ts';
import { CHEAP, CLIENT, NO_THROTTLE, PASSWORD } from '#tests/domain/auth/useAuth.ts';
import { type TestTable, useTable } from '#tests/support/engine.ts';
import { createTestIssuer, type TestIssuer } from '#tests/support/issuer.ts';

/** The auth service over a real table, asked as the gateway asks it. */
export interface TestAuthService {
  readonly service: AuthService;
  readonly table: TestTable;
  readonly issuer: TestIssuer;
  readonly logged: readonly LogEntry[];
  /** The names of the commands that DynamoDB was sent. */
  readonly commands: string[];
  /** Milliseconds since 1970. */
  nowMs: number;
  /** Empties `logged`. */
  forget(): void;
  ask(query: string, how?: How): Promise<Answer>;
}

export interface How {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly token?: string;
  /** The whole header, instead of a token. */
  readonly authorization?: string;
}

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it has asked for
  readonly data: any;
  readonly errors: readonly SubgraphError[];
  /** The code of the first error. */
  readonly code: ErrorCode | undefined;
}

export function useAuthService(): TestAuthService {
  const table = useTable(AUTH_TABLE);
  const logged: LogEntry[] = [];
  const commands: string[] = [];
  const test: Partial<Writable<TestAuthService>> & { nowMs: number } = {
    table,
    logged,
    commands,
    nowMs: Date.parse('2026-01-31T09:30:00.000Z'),
    forget: () => {
      logged.length = 0;
    },
  };
  beforeAll(async () => {
    const clock = () => test.nowMs;
    const issuer = await createTestIssuer(clock);
    const { url, signingKey, verify } = issuer;
    const service = createAuthService({
      table: { tableName: table.tableName, dynamoDb: listen(table, commands) },
      issuer: url,
      signingKey,
      verify,
      throttle: NO_THROTTLE,
      passwordCost: CHEAP,
      clock,
      log: (entry) => logged.push(entry),
    });
    Object.assign(test, { issuer, service, ask: createAsk(service) });
  });
  return test as TestAuthService;
}

function listen({ dynamoDb }: TestTable, commands: string[]): DynamoDb {
  const send = (command: Parameters<DynamoDb['send']>[0]) => {
    commands.push(command.constructor.name);
    return dynamoDb.send(command);
  };
  return { send } as DynamoDb;
}

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

function createAsk({ subgraph }: AuthService): TestAuthService['ask'] {
  return async (query, { variables, token, authorization = token && `Bearer ${token}` } = {}) => {
    const request = { query, variables, authorization, client: CLIENT, requestId: 'request-1' };
    const { data, errors = [] } = await subgraph(request);
    return { data, errors, code: errors[0]?.extensions?.code as ErrorCode | undefined };
  };
}

export const PAYLOAD = 'user { id email displayName createdAt } accessToken expiresAt refreshToken';
export const SIGN_UP = `mutation ($input: SignUpInput!) { signUp(input: $input) { ${PAYLOAD} } }`;
export const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { ${PAYLOAD} } }`;

export interface ServicePerson {
  readonly id: string;
  readonly email: string;
  readonly token: string;
  readonly refreshToken: string;
}

let made = 0;

export async function givenPerson({ ask }: TestAuthService): Promise<ServicePerson> {
  made += 1;
  const email = `person${made}@example.com`;
  const input = { email, password: PASSWORD, displayName: '박미나' };
  const { data } = await ask(SIGN_UP, { variables: { input } });
  const { user, accessToken: token, refreshToken } = data.signUp;
  return { id: user.id, email, token, refreshToken };
}
