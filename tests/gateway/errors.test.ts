import { beforeEach, describe, expect, test } from '@jest/globals';
import { type ErrorCode, HTTP_STATUS, MemopadError } from '#domain/errors.ts';
import type { Subgraph } from '#domain/viewer/subgraphRequest.ts';
import { MINA, onlyError, useGateway } from './gateway.ts';

const current = { id: 'm1', version: 3, title: 'theirs' };

describe('an error of ours', () => {
  const gateway = useGateway({
    memo: {
      Query: {
        pad: (_: unknown, { id }: { id: ErrorCode }) => {
          throw new MemopadError(id, `Expected something else than ${id}.`);
        },
      },
      Mutation: {
        updateMemo: () => {
          throw new MemopadError('CONFLICT', 'Expected version 3, got 2.', {
            current,
            internal: 1,
          });
        },
        createPad: () => {
          throw new MemopadError('RATE_LIMITED', 'Too fast.', { retryAfterSeconds: 29.5 });
        },
      },
    },
  });
  const codes = Object.keys(HTTP_STATUS).filter((code) => code !== 'INTERNAL');

  test.each(codes)('%s reaches the caller with its message, code and path alone', async (code) => {
    const answer = await gateway.ask('query ($id: ID!) { mine: pad(id: $id) { id } }', {
      id: code,
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      data: { mine: null },
      errors: [
        { message: `Expected something else than ${code}.`, path: ['mine'], extensions: { code } },
      ],
    });
  });

  test('brings the current memo with CONFLICT, and no other detail', async () => {
    const answer = await gateway.ask('mutation { updateMemo(input: { id: "m1" }) { id } }');
    expect(answer.body.data).toBeNull();
    expect(onlyError(answer).extensions).toEqual({ code: 'CONFLICT', current });
  });

  test('says when to come back with RATE_LIMITED, in the error and in a header', async () => {
    const answer = await gateway.ask('mutation { createPad(name: "x") { id } }');
    expect(onlyError(answer).extensions).toEqual({ code: 'RATE_LIMITED', retryAfterSeconds: 29.5 });
    expect(answer.headers['retry-after']).toBe('30');
  });
});

describe('an error across both subgraphs', () => {
  const gateway = useGateway({
    memo: {
      Query: { memo: () => ({ id: 'm1', author: { id: MINA }, lastEditor: { id: 'gone' } }) },
    },
    auth: {
      User: {
        __resolveReference: ({ id }: { id: string }) => {
          if (id === MINA) return { id, displayName: 'Mina' };
          throw new MemopadError('NOT_FOUND', 'Expected a user.');
        },
      },
    },
  });

  test('stands at the place in the answer that it is about', async () => {
    const query = '{ memo(id: "m1") { author { displayName } lastEditor { displayName } } }';
    const { body } = await gateway.ask(query);
    expect(body.errors).toEqual([
      {
        message: 'Expected a user.',
        path: ['memo', 'lastEditor'],
        extensions: { code: 'NOT_FOUND' },
      },
    ]);
  });
});

describe('an error nobody expected', () => {
  const boom = () => {
    throw new Error('dear diary at 10.0.0.7');
  };
  const gateway = useGateway({ memo: { Query: { pads: boom, memo: boom } } });
  beforeEach(gateway.forget);

  test('is masked, and names the request', async () => {
    const answer = await gateway.ask('{ memo(id: "m1") { id } }');
    const requestId = answer.headers['x-request-id'];
    expect(answer.body).toEqual({
      data: { memo: null },
      errors: [
        {
          message: `Something went wrong on our side. The request id is ${requestId}.`,
          path: ['memo'],
          extensions: { code: 'INTERNAL', requestId },
        },
      ],
    });
  });

  test('is 200 with data null as long as the operation ran', async () => {
    const { status, body } = await gateway.ask('{ pads { id } }');
    expect({ status, data: body.data }).toEqual({ status: 200, data: null });
  });
});

describe('a subgraph that misbehaves', () => {
  const answers = new Map<string, Awaited<ReturnType<Subgraph>>>();
  const misbehaving: Subgraph = async ({ variables }) => {
    const answer = answers.get(String(variables?.id));
    if (!answer) throw new Error('connect ECONNREFUSED 10.0.0.7:4001, dear diary');
    return answer;
  };
  const gateway = useGateway({ memo: misbehaving, auth: { Query: { me: () => ({ id: 'u1' }) } } });
  beforeEach(gateway.forget);
  const ask = (id: string) =>
    gateway.ask('query ($id: ID!) { memo(id: $id) { id title } me { id } }', { id });

  test('out of reach costs its own fields alone; the log has the cause and the request id', async () => {
    const answer = await ask('rejects');
    const requestId = answer.headers['x-request-id'];
    expect(answer.body.data).toEqual({ memo: null, me: { id: 'u1' } });
    expect(onlyError(answer)).toEqual({
      message: `Something went wrong on our side. The request id is ${requestId}.`,
      extensions: { code: 'INTERNAL', requestId },
    });
    expect(gateway.lines).toMatchObject([
      { level: 'error', message: 'subgraph out of reach', subgraph: 'memo', requestId },
      { level: 'error', message: 'request', errorCodes: ['INTERNAL'], requestId },
    ]);
    expect(gateway.lines[0]?.error).toMatch(/^Error\n {4}at .*errors\.test\.ts/);
    expect(JSON.stringify(gateway.lines)).not.toContain('diary');
  });

  test.each([
    ['with a code that is none of ours', { code: 'DOWNSTREAM_SERVICE_ERROR' }],
    ['with no code at all', undefined],
    ['with internals', { code: 'INTERNAL', stacktrace: ['at 10.0.0.7'], serviceName: 'memo' }],
  ])('is masked %s', async (_, extensions) => {
    const error = { message: 'dear diary', path: ['memo'], ...(extensions && { extensions }) };
    answers.set('m1', { data: { memo: null }, errors: [error] });
    const answer = await ask('m1');
    const requestId = answer.headers['x-request-id'];
    expect(onlyError(answer)).toEqual({
      message: `Something went wrong on our side. The request id is ${requestId}.`,
      path: ['memo'],
      extensions: { code: 'INTERNAL', requestId },
    });
    expect(answer.text).not.toMatch(/10\.0\.0\.7|diary|serviceName|stacktrace/);
    expect(JSON.stringify(gateway.lines)).not.toContain('diary');
  });

  test('is admitted to when it leaves out what the schema promises', async () => {
    answers.set('m1', { data: { memo: { id: 'm1', title: null } } });
    const answer = await ask('m1');
    expect(answer.body).not.toHaveProperty('extensions');
    expect(answer.body.data).toEqual({ memo: null, me: { id: 'u1' } });
    expect(onlyError(answer)).toMatchObject({
      path: ['memo', 'title'],
      extensions: { code: 'INTERNAL' },
    });
    expect(gateway.lines[0]).toMatchObject({ level: 'error', paths: ['memo.title'] });
  });

  test('is masked when its data has another shape, and the data stays out of the log', async () => {
    answers.set('m1', { data: { memo: ['dear diary'] } });
    const answer = await ask('m1');
    expect(answer.text).not.toContain('diary');
    expect(onlyError(answer).extensions).toMatchObject({ code: 'INTERNAL' });
    expect(JSON.stringify(gateway.lines)).not.toContain('diary');
  });

  test('cannot bring its own extensions into the answer', async () => {
    const answer = { data: { memo: null }, extensions: { tracing: 'dear diary' } };
    answers.set('m1', answer);
    expect((await ask('m1')).body).toEqual({ data: { memo: null, me: { id: 'u1' } } });
  });
});

describe('a request that GraphQL refuses', () => {
  const gateway = useGateway();

  test.each([
    ['{', 'GRAPHQL_PARSE_FAILED', /^Syntax Error/],
    ['{ meh }', 'GRAPHQL_VALIDATION_FAILED', /^Cannot query field "meh".* Did you mean "me"/],
    ['type Query { a: Int }', 'GRAPHQL_VALIDATION_FAILED', /not executable/],
    ['{ _service { sdl } }', 'GRAPHQL_VALIDATION_FAILED', /^Cannot query field "_service"/],
    ['{ _entities(representations: []) { __typename } }', 'GRAPHQL_VALIDATION_FAILED', /_entities/],
  ])('is BAD_USER_INPUT with the reason and the place: %s', async (query, reason, message) => {
    const { body } = await gateway.ask(query);
    expect(body.errors?.[0]).toEqual({
      message: expect.stringMatching(message),
      locations: [{ line: 1, column: expect.any(Number) }],
      extensions: { code: 'BAD_USER_INPUT', reason },
    });
  });

  test('is BAD_USER_INPUT for a subscription, which belongs on the socket', async () => {
    const answer = await gateway.ask('subscription { memoChanges(padId: "x") { to } }');
    expect(onlyError(answer)).toMatchObject({
      message: expect.stringMatching(/over the WebSocket/),
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(answer.body).not.toHaveProperty('data');
  });

  test('lists at most ten faults of a document', async () => {
    const query = `{ ${Array.from({ length: 300 }, (_, index) => `no${index}`).join(' ')} }`;
    expect((await gateway.ask(query)).body.errors?.length).toBeLessThanOrEqual(11);
  });
});

describe('while introspection is off', () => {
  const gateway = useGateway({ introspection: false });

  test.each(['{ __schema { queryType { name } } }', '{ __type(name: "Memo") { name } }'])(
    'the schema cannot be read: %s',
    async (query) => {
      const { body } = await gateway.ask(query);
      expect(body.errors?.[0]).toMatchObject({
        extensions: { code: 'BAD_USER_INPUT', reason: 'GRAPHQL_VALIDATION_FAILED' },
      });
      expect(body).not.toHaveProperty('data');
    },
  );

  test('__typename still can', async () => {
    expect((await gateway.ask('{ __typename }')).body).toEqual({ data: { __typename: 'Query' } });
  });

  test.each([
    '{ meh { id } }',
    '{ memos(frist: 1) { nodes { id } } }',
    '{ memos(filter: { pined: true }) { nodes { id } } }',
    '{ memos(filter: { state: ACTIV }) { nodes { id } } }',
    'query ($f: MemoFilte) { memos(filter: $f) { nodes { id } } }',
    '{ me { id @inclde(if: true) } }',
  ])('names that were nearly hit are not given away: %s', async (query) => {
    const { text } = await gateway.ask(query);
    expect(text).toContain('errors');
    expect(text).not.toContain('Did you mean');
  });

  test('nor by variables', async () => {
    const { text } = await gateway.ask(
      'query ($f: MemoFilter) { memos(filter: $f) { nodes { id } } }',
      {
        f: { pined: true },
      },
    );
    expect(text).toContain('is not defined by type');
    expect(text).not.toContain('Did you mean');
  });
});
