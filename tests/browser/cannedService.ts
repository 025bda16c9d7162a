import { readFile } from 'node:fs/promises';
import { buildSchema, graphql } from 'graphql';
import type { HttpHandler, HttpRequest } from '#domain/viewer/httpMessage.ts';

/** What the service was asked: one entry an operation, introspection left out. */
export interface Heard {
  readonly operation: string;
  readonly authorization: string | undefined;
  readonly variables: Record<string, unknown>;
}

export interface CannedService {
  readonly handler: HttpHandler;
  readonly heard: readonly Heard[];
  /** How long the access tokens given from now on are good; 15 minutes at first. */
  tokenSeconds: number;
  /** Access tokens given until now are refused from now on, with HTTP 401. */
  forgetTokens(): void;
}

const MINA = { id: '01JZ8W3V5B6N7M8K9P0Q1R2S3T', displayName: '이민아', email: 'mina@example.com' };

/** The API as the schema says it, with answers made up: for tests of a page, not of the service. */
export async function createCannedService(): Promise<CannedService> {
  const schema = buildSchema(await readFile('schema/generated/api.graphql', 'utf8'));
  const heard: Heard[] = [];
  const good = new Set<string>();
  const service = {
    heard,
    tokenSeconds: 900,
    forgetTokens: () => good.clear(),
    handler: async (request: HttpRequest) => {
      const { authorization } = request.headers;
      const { query, variables = {}, operationName } = JSON.parse(request.body);
      if (authorization && !good.has(authorization)) return json(401, refusal('UNAUTHENTICATED'));
      if (!query.includes('__schema')) heard.push({ operation: query, authorization, variables });
      const rootValue = answers({ good, seconds: service.tokenSeconds, authorization });
      const args = { schema, source: query, variableValues: variables, operationName, rootValue };
      return json(200, await graphql(args));
    },
  };
  return service;
}

interface Circumstances {
  readonly good: Set<string>;
  readonly seconds: number;
  readonly authorization: string | undefined;
}

function answers({ good, seconds, authorization }: Circumstances) {
  const grant = () => {
    const accessToken = `access-${good.size + 1}`;
    good.add(`Bearer ${accessToken}`);
    const expiresAt = new Date(Date.now() + seconds * 1000).toISOString();
    return { user: MINA, accessToken, expiresAt, refreshToken: `refresh-of-${accessToken}` };
  };
  return {
    me: authorization ? MINA : null,
    signUp: grant,
    signIn({ input }: { input: { password: string } }) {
      if (input.password === 'too often') throw tooOften();
      return grant();
    },
    refreshSession: grant,
    signOut: true,
    memos: { nodes: [MEMO], pageInfo: { hasNextPage: false, endCursor: null } },
    pads: [PAD],
    createMemo: ({ input }: { input: object }) => ({ ...MEMO, ...input }),
    setTaskDone: MEMO,
    acceptInvite: PAD,
  };
}

const PAD = { id: 'pad-1', name: '우리 집', personal: false, role: 'OWNER', members: [] };
const MEMO = {
  id: `${MINA.id}.01JZ8W40000000000000000000`,
  pad: PAD,
  title: '장보기 목록',
  excerpt: '주말 저녁에 친구들이 온다.',
  body: '- [ ] 두부 한 모',
  tags: ['집', '요리'],
  tasks: [
    { index: 0, text: '된장', done: true },
    { index: 1, text: '두부 한 모', done: false },
  ],
  pinned: true,
  version: 3,
  author: MINA,
  createdAt: '2026-01-31T09:30:00.000Z',
  updatedAt: '2026-01-31T09:30:00.000Z',
};

function tooOften() {
  const extensions = { code: 'RATE_LIMITED', retryAfterSeconds: 30 };
  return Object.assign(new Error('Too many sign-ins were tried.'), { extensions });
}

function refusal(code: string) {
  return { errors: [{ message: 'The access token is not good.', extensions: { code } }] };
}

function json(status: number, body: object) {
  return {
    status,
    headers: { 'content-type': 'application/graphql-response+json; charset=utf-8' },
    body: JSON.stringify(body),
  };
}
