import { describe, expect, test } from '@jest/globals';
import { ask, createTestApi } from '#tests/local/appsync/testApi.ts';

const IMPORTS = `import { util, runtime } from '@aws-appsync/utils';\n`;
const schema = `
type Note { id: ID! title: String! notes: [Note!]! }
type Query { note(id: ID): Note notes: [Note!] text(id: ID): String }`;
const ANSWER = (value: string) =>
  `${IMPORTS}export function request(ctx) { return { payload: null }; }
export function response(ctx) { return ${value}; }`;

const text = async (code: string | string[], args = '') => {
  const api = createTestApi({ schema, code: { 'Query.text': code } });
  return ask(api, `{ text${args} }`);
};

describe('a unit resolver', () => {
  test('hands what request returns to the data source, and its result to response', async () => {
    const code = `export function request(ctx) { return { payload: ctx.args.id }; }
export function response(ctx) { return ctx.result; }`;
    expect(await text(code, '(id: "7")')).toEqual({ data: { text: '7' } });
  });

  test('keeps the changes of arguments and stash from request to response', async () => {
    const code = `export function request(ctx) { ctx.stash.a = 'x'; ctx.args.id = 'y'; return {}; }
export function response(ctx) { return ctx.stash.a + ctx.args.id; }`;
    expect(await text(code, '(id: "7")')).toEqual({ data: { text: 'xy' } });
  });

  test('never comes to response after an early return', async () => {
    const code = `${IMPORTS}export function request() { runtime.earlyReturn('early'); }
export function response(ctx) { return 'late'; }`;
    expect(await text(code)).toEqual({ data: { text: 'early' } });
  });

  test('shows response what the data source failed with, and fails only when response says so', async () => {
    const failing = {
      run: async () => ({ result: 'kept', error: { message: 'gone', type: 'DynamoDB:Gone' } }),
    };
    const code = `export function request() { return {}; }
export function response(ctx) { return ctx.error.type + ' ' + ctx.error.message + ' ' + ctx.result; }`;
    const api = createTestApi({ schema, code: { 'Query.text': code }, sources: { failing } });
    expect(await ask(api, '{ text }')).toEqual({ data: { text: 'DynamoDB:Gone gone kept' } });
  });

  test('sees that a data source is out of reach, and nobody sees more', async () => {
    const failing = { run: () => Promise.reject(new Error('secret')) };
    const code = `export function request() { return {}; }
export function response(ctx) { return ctx.error.type + ' ' + ctx.error.message; }`;
    const api = createTestApi({ schema, code: { 'Query.text': code }, sources: { failing } });
    expect(await ask(api, '{ text }')).toEqual({
      data: { text: 'InternalFailure Internal failure.' },
    });
    expect(api.logged).toMatchObject([{ message: 'data source failed', error: 'Error: secret' }]);
  });

  test('sees who asks, how, and what is selected', async () => {
    const code = ANSWER(
      'JSON.stringify([ctx.info.parentTypeName, ctx.info.fieldName, ctx.request.headers, ctx.identity, util.authType()])',
    );
    const { data } = await text(code);
    expect(JSON.parse(data.text)).toEqual([
      'Query',
      'text',
      { 'user-agent': 'a test' },
      null,
      'API Key Authorization',
    ]);
  });
});

describe('a pipeline', () => {
  const step = (value: string) => `export function request(ctx) { return { payload: ${value} }; }
export function response(ctx) { return ctx.result; }`;

  test('gives each step what the one before returned', async () => {
    const steps = [step('"a"'), step('ctx.prev.result + "b"'), step('ctx.prev.result + "c"')];
    expect(await text(steps)).toEqual({ data: { text: 'abc' } });
  });

  test('goes on with the next step after an early return', async () => {
    const early = `${IMPORTS}export function request() { runtime.earlyReturn('early'); }
export function response() { return 'late'; }`;
    expect(await text([early, step('ctx.prev.result + "!"')])).toEqual({
      data: { text: 'early!' },
    });
  });

  test('leaves out all steps after an early return that says so', async () => {
    const early = `${IMPORTS}export function request() { runtime.earlyReturn('early', { skipTo: 'END' }); }
export function response() { return 'late'; }`;
    expect(await text([early, step('ctx.prev.result + "!"')])).toEqual({ data: { text: 'early' } });
  });

  test('keeps its stash over all steps, and shows no step the result of another', async () => {
    const first = `export function request(ctx) { ctx.stash.seen = 'stash'; return { payload: 1 }; }
export function response(ctx) { return ctx.result; }`;
    const second = `export function request(ctx) { return { payload: ctx.stash.seen + ' ' + ctx.result }; }
export function response(ctx) { return ctx.result; }`;
    expect(await text([first, second])).toEqual({ data: { text: 'stash null' } });
  });
});

describe('problems', () => {
  test('util.error ends the field with its type, data and details', async () => {
    const api = createTestApi({
      schema,
      code: {
        'Query.note': ANSWER(
          `util.error('Expected less.', 'CONFLICT', { id: '1', title: 'secret' }, { current: { version: 2 } })`,
        ),
      },
    });
    expect(await ask(api, '{ note { id } }')).toEqual({
      data: { note: null },
      errors: [
        {
          path: ['note'],
          data: { id: '1' },
          errorType: 'CONFLICT',
          errorInfo: { current: { version: 2 } },
          locations: [{ line: 1, column: 3, sourceName: null }],
          message: 'Expected less.',
        },
      ],
    });
  });

  test('util.appendError tells of a problem beside the value', async () => {
    const code = `${IMPORTS}export function request() { util.appendError('careful', 'HINT'); return { payload: 'value' }; }
export function response(ctx) { return ctx.result; }`;
    expect(await text(code)).toEqual({
      data: { text: 'value' },
      errors: [
        {
          path: ['text'],
          data: null,
          errorType: 'HINT',
          errorInfo: null,
          locations: [{ line: 1, column: 3, sourceName: null }],
          message: 'careful',
        },
      ],
    });
  });

  test('util.unauthorized tells no more than that', async () => {
    const { data, errors } = await text(ANSWER('util.unauthorized()'));
    expect(data).toEqual({ text: null });
    expect(errors).toMatchObject([
      { errorType: 'Unauthorized', message: 'Not Authorized to access text on type Query' },
    ]);
  });

  test('a fault of the code is an error of the field', async () => {
    const { errors } = await text(ANSWER('ctx.nothing.here'));
    expect(errors).toMatchObject([{ path: ['text'], errorType: 'Code' }]);
  });

  test('a fault of the code is logged with its place, and nothing that was given', async () => {
    const step = ANSWER('ctx.args.id.more.here');
    const api = createTestApi({ schema, code: { 'Query.text': [step] } });
    await ask(api, '{ text(id: "confidential") }');
    const written = JSON.parse(JSON.stringify(api.logged));
    expect(written).toEqual([
      {
        level: 'error',
        message: 'field failed',
        errorType: 'Code',
        error: "Cannot read properties of undefined (reading 'here')",
        function: 'Query.text.0',
        handler: 'response',
        position: { line: 3, column: 57 },
        path: 'text',
        requestId: 'request 1',
      },
    ]);
  });

  test('what a data source failed with is logged when the resolver fails because of it', async () => {
    const failWith = async (type: string) => {
      const run = async () => ({ result: null, error: { message: 'cause', type } });
      const code = { 'Query.text': ANSWER(`util.error('Our words.', 'INTERNAL')`) };
      const api = createTestApi({ schema, code, sources: { failing: { run } } });
      await ask(api, '{ text }');
      return api.logged;
    };
    const type = 'DynamoDB:ValidationException';
    expect(await failWith(type)).toMatchObject([
      { level: 'error', error: 'Our words.', cause: { dataSource: 'failing', type } },
    ]);
    const condition = 'DynamoDB:ConditionalCheckFailedException';
    expect(await failWith(condition)).toMatchObject([{ level: 'info' }]);
  });

  test('a value that its type can not hold is logged without it', async () => {
    const count = 'type Query { text: Int }';
    const code = { 'Query.text': ANSWER('"confidential"') };
    const api = createTestApi({ schema: count, code });
    const { errors } = await ask(api, '{ text }');
    expect(errors).toHaveLength(1);
    expect(api.logged).toMatchObject([{ message: 'field failed', path: 'text' }]);
    expect(JSON.stringify(api.logged)).not.toContain('confidential');
  });

  test('null where the schema wants a value is told in the words of graphql-java', async () => {
    const code = { 'Query.notes': ANSWER(`[{ id: '1', title: 'a', notes: [{ id: '2' }] }]`) };
    const api = createTestApi({ schema, code });
    expect(await ask(api, '{ notes { id notes { title } } }')).toEqual({
      data: { notes: null },
      errors: [
        {
          path: ['notes', 0, 'notes', 0, 'title'],
          locations: [{ line: 1, column: 22, sourceName: null }],
          message:
            "Cannot return null for non-nullable type: 'String' within parent 'Note' (/notes[0]/notes[0]/title)",
        },
      ],
    });
  });
});

describe('a batch', () => {
  const code = {
    'Query.notes': ANSWER(`[{ id: '1' }, { id: '2' }, { id: '3' }]`),
    'Note.title': `export function request(ctx) { return { operation: 'BatchInvoke', payload: ctx.source.id }; }
export function response(ctx) { return ctx.result; }`,
  };
  const titles = async (maxBatchSize: number) => {
    const sizes: number[] = [];
    const source = {
      run: async (request: unknown) => {
        if (typeof request === 'object' && request && 'operation' in request) sizes.push(0);
        return { result: 'one by one' };
      },
      runBatch: async (requests: readonly unknown[]) => {
        sizes.push(requests.length);
        return requests.map((request) => ({
          result: `title ${(request as { payload: string }).payload}`,
        }));
      },
    };
    const api = createTestApi({ schema, code, sources: { source }, maxBatchSize });
    const { data } = await ask(api, '{ notes { title } }');
    return { sizes, titles: data.notes.map(({ title }: { title: string }) => title) };
  };

  test('is one call for the fields of a list', async () => {
    expect(await titles(10)).toEqual({ sizes: [3], titles: ['title 1', 'title 2', 'title 3'] });
  });

  test('has at most as many as the resolver allows', async () => {
    expect((await titles(2)).sizes).toEqual([2, 1]);
  });

  test('is made of nothing when the resolver allows none', async () => {
    expect((await titles(0)).titles).toEqual(['one by one', 'one by one', 'one by one']);
  });
});
