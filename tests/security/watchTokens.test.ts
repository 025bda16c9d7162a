import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import { createWatchTokenIssuer } from '#domain/auth/issueWatchToken.ts';
import { MemopadError } from '#domain/errors.ts';
import { createVerifier, type VerifyCaller } from '#domain/viewer/accessToken.ts';
import { API } from '#live/push/api.ts';
import { connectClient } from '#tests/live/client.ts';
import { givenPerson, logChange, signUp, type TestPerson, writeMemo } from '#tests/live/people.ts';
import { useLiveScene } from '#tests/live/scene.ts';
import { type Forge, foreign, signed } from './tokenForge.ts';
import { refusesForgedTokens, type TokenOutcome } from './tokens.ts';

const scene = useLiveScene();
let owner: TestPerson;
let stranger: TestPerson;
let watchToken: string;

const issue = (padId: string, clock = scene.now) => {
  const { url, signingKey } = scene.issuer;
  const issueToken = createWatchTokenIssuer({ issuer: url, signingKey, clock, randomBytes });
  return issueToken(padId);
};

beforeAll(async () => {
  owner = await signUp(scene, 'Ada');
  stranger = await givenPerson(scene);
  await writeMemo(scene, owner);
  ({ watchToken } = await issue(owner.userId));
});

const forge = (): Forge => ({
  issuer: scene.issuer,
  attacker: { privateKey: scene.issuer.privateKey, publicJwk: {}, jwksUrl: '' },
  now: Math.floor(scene.now() / 1000),
});

async function ask(token: string, query: string, variables: object = {}) {
  const { status, body } = await scene.memopad.gateway({
    ...{ method: 'POST', path: '/graphql', search: '', sourceIp: '127.0.0.1' },
    headers: {
      host: 'localhost',
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors = [] } = JSON.parse(String(body));
  return {
    status,
    data,
    codes: errors.map((error: { extensions: { code: string } }) => error.extensions.code),
  };
}

const CHANGES = `query ($padId: ID!) { memoChanges(padId: $padId, since: "0.0") {
  changes { seq memo { title body author { displayName email } lastEditor { email } } } } }`;

describe('a watch token', () => {
  test('is for five minutes, one pad and nobody in person', async () => {
    const claims = JSON.parse(Buffer.from(watchToken.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toEqual({
      iss: scene.issuer.url,
      aud: 'memopad',
      iat: expect.any(Number),
      exp: claims.iat + 300,
      jti: expect.any(String),
      token_use: 'watch',
      pad: owner.userId,
    });
    await expect(issue('no pad')).rejects.toThrow(/id of a pad/);
  });

  test('reads the changes of its pad, and of users what everybody sees', async () => {
    const { data, codes } = await ask(watchToken, CHANGES, { padId: owner.userId });
    expect(codes).toEqual([]);
    const author = { displayName: 'Ada', email: null };
    expect(data.memoChanges.changes).toEqual([
      { seq: 1, memo: { title: 'Milk', body: 'and bread', author, lastEditor: { email: null } } },
    ]);
  });

  test('reads nothing of another pad', async () => {
    const { data, codes } = await ask(watchToken, CHANGES, { padId: stranger.userId });
    expect([data, codes]).toEqual([null, ['UNAUTHENTICATED']]);
  });

  test.each([
    ['pad { role }'],
    ['pad { members { role } }'],
    ['pad { invites { id } }'],
    ['pad { memos { nodes { id } } }'],
    ['memo { pad { role } }'],
    ['memo { pad { members { role } } }'],
    ['memo { pad { memos { nodes { title } } } }'],
  ])('reads nothing that is a member’s: %s', async (selection) => {
    const about = { kind: 'PAD_CHANGED', memoId: null, aboutPadId: owner.userId } as const;
    await logChange(scene, owner.userId, about);
    const query = `query ($padId: ID!) { memoChanges(padId: $padId, since: "0.0") { changes { seq ${selection} } } }`;
    const { codes } = await ask(watchToken, query, { padId: owner.userId });
    expect([...new Set(codes)]).toEqual(['UNAUTHENTICATED']);
  });

  const roots = [API.getQueryType(), API.getMutationType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}).map(
      (field) =>
        [`${type === API.getQueryType() ? 'query' : 'mutation'} ${field.name}`, field] as const,
    ),
  );
  test.each(roots.filter(([, { name }]) => name !== 'memoChanges'))(
    'opens no other field: %s',
    async (name, field) => {
      const operation = name.split(' ')[0];
      const { data, codes } = await ask(watchToken, `${operation} { ${callOf(field)} }`);
      expect(codes).toEqual(['UNAUTHENTICATED']);
      expect(data?.[field.name] ?? null).toBeNull();
    },
  );

  test.each([
    ['beside its own', '{ memoChanges(padId: "P") { to } pads { id } }'],
    ['through a fragment', '{ ...F } fragment F on Query { pads { id } }'],
    ['under an alias', '{ memoChanges: pads { id } }'],
  ])('nor one %s', async (_, query) => {
    const { data, codes } = await ask(watchToken, query.replace('P', owner.userId));
    expect(codes).toContain('UNAUTHENTICATED');
    expect(data?.pads ?? null).toBeNull();
  });

  test('begins no connection of the socket', async () => {
    const client = connectClient(scene);
    await client.send({
      type: 'connection_init',
      payload: { authorization: `Bearer ${watchToken}` },
    });
    expect(client.heard()).toMatchObject([
      { type: 'error', payload: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    ]);
  });

  test('is no refresh token of the auth service’s HTTP side', async () => {
    const { status, body } = await scene.memopad.auth({
      ...{ method: 'POST', path: '/token', search: '', sourceIp: '127.0.0.1' },
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Bearer ${watchToken}`,
      },
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: watchToken,
      }).toString(),
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(String(body)).not.toContain('access_token');
  });

  test('is none for whoever takes access tokens alone', async () => {
    await expect(scene.issuer.verify(`Bearer ${watchToken}`)).rejects.toThrow(/token_use/);
  });

  test('ends', async () => {
    const early = () => scene.now() - 301_000;
    const { watchToken: old } = await issue(owner.userId, early);
    expect((await ask(old, CHANGES, { padId: owner.userId })).status).toBe(401);
  });
});

describe('forged watch tokens are refused:', () => {
  const watch = { token_use: 'watch', sub: undefined, sid: undefined };
  const good = (claims: object = {}) => {
    const { now } = forge();
    return signed(forge(), { ...watch, pad: owner.userId, exp: now + 300, ...claims });
  };

  test('but not a good one of the same making', async () => {
    expect((await ask(good(), CHANGES, { padId: owner.userId })).codes).toEqual([]);
  });

  test.each<[string, () => string]>([
    ['no pad', () => good({ pad: undefined })],
    ['a list of pads', () => good({ pad: [owner.userId] })],
    ['every pad', () => good({ pad: '*' })],
    ['an empty pad', () => good({ pad: '' })],
    ['a person too', () => good({ sub: owner.userId })],
    ['a session too', () => good({ sid: owner.userId })],
    ['an hour', () => good({ exp: forge().now + 3_600 })],
    ['no end', () => good({ exp: undefined })],
    ['no beginning', () => good({ iat: undefined })],
    ['a beginning to come', () => good({ iat: forge().now + 60, exp: forge().now + 120 })],
    ['two audiences', () => good({ aud: ['memopad', 'other'] })],
    ['another audience', () => good({ aud: 'other' })],
    ['another issuer', () => good({ iss: 'https://elsewhere.example' })],
    ['another use', () => good({ token_use: 'Watch' })],
    ['no use', () => good({ token_use: undefined })],
    ['an unknown key', () => foreign(forge(), { kid: 'unknown' })],
    ['an access token with a pad', () => signed(forge(), { pad: owner.userId })],
  ])('%s', async (_, make) => {
    const { status, codes } = await ask(make(), CHANGES, { padId: owner.userId });
    expect([status, codes]).toEqual([401, ['UNAUTHENTICATED']]);
  });
});

describe('whoever takes watch tokens too', () => {
  refusesForgedTokens({
    issuer: () => scene.issuer,
    async ask(authorization): Promise<TokenOutcome> {
      const { url, publicKey, kid } = scene.issuer;
      const keys = async ({ kid: asked }: { kid?: string }) => {
        if (asked === kid) return publicKey;
        throw new MemopadError('UNAUTHENTICATED', 'Expected a published key.');
      };
      const verify: VerifyCaller = createVerifier({
        issuer: url,
        keys,
        clock: Date.now,
        acceptWatch: true,
      });
      try {
        await verify(authorization);
        return 'SERVED';
      } catch (error) {
        if (error instanceof MemopadError) return error.code;
        throw error;
      }
    },
  });
});

/** A call of a root field with something for every argument that it needs. */
function callOf(field: GraphQLField<unknown, unknown>): string {
  const needed = field.args.filter(({ type }) => isNonNullType(type));
  const given = needed.map(({ name, type }) => `${name}: ${literalOf(type)}`);
  const selection = isLeafType(getNamedType(field.type)) ? '' : '{ __typename }';
  return `${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''} ${selection}`;
}

function literalOf(type: GraphQLInputType): string {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return '[]';
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name ?? '';
  if (isInputObjectType(nullable)) {
    const fields = Object.values(nullable.getFields()).filter((one) => isNonNullType(one.type));
    return `{ ${fields.map((one) => `${one.name}: ${literalOf(one.type)}`).join(', ')} }`;
  }
  const literals: Record<string, string> = {
    Int: '1',
    Boolean: 'true',
    AWSEmail: '"a@example.com"',
  };
  return literals[nullable.name] ?? '"01ARZ3NDEKTSV4RRFFQ69G5FAV"';
}
