import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { SubgraphOutOfReach } from '#domain/viewer/subgraphOutOfReach.ts';
import type { SubgraphRequest } from '#domain/viewer/subgraphRequest.ts';
import { httpSubgraph } from '#gateway/httpSubgraph.ts';
import { useGateway } from './gateway.ts';

const REQUEST: SubgraphRequest = {
  query: '{ me { id } }',
  variables: { id: '한' },
  authorization: 'Bearer good',
  client: { sourceIp: '127.0.0.1' },
  requestId: 'request-1',
};
const DATA = { data: { me: { id: 'u1' } } };

const disposals: (() => unknown)[] = [];
afterEach(async () => {
  for (const dispose of disposals.splice(0).reverse()) await dispose();
});

async function listen(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  disposals.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return typeof address === 'object' ? `http://127.0.0.1:${address?.port}/subgraph?v=1` : '';
}

async function connect(listener: RequestListener, timeoutMs?: number) {
  const url = await listen(listener);
  const { subgraph, close } = httpSubgraph({
    url,
    secret: 's3cret',
    ...(timeoutMs && { timeoutMs }),
  });
  disposals.push(close);
  return subgraph;
}

const answer = (text: string, status = 200): RequestListener => {
  return (request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  };
};

describe('a subgraph over HTTP', () => {
  test('gets the request as JSON with the secret, and its response comes back', async () => {
    const seen: unknown[] = [];
    const subgraph = await connect(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { method, url, headers } = request;
      seen.push(method, url, headers['x-subgraph-secret'], headers['content-type']);
      seen.push(JSON.parse(Buffer.concat(chunks).toString()));
      response.end(JSON.stringify(DATA));
    });
    expect(await subgraph(REQUEST)).toEqual(DATA);
    expect(seen).toEqual(['POST', '/subgraph?v=1', 's3cret', 'application/json', REQUEST]);
  });

  test('is asked over kept-alive connections, request after request', async () => {
    const sockets = new Set<unknown>();
    const subgraph = await connect((request, response) => {
      sockets.add(request.socket);
      answer(JSON.stringify(DATA))(request, response);
    });
    for (let count = 0; count < 20; count += 1) await subgraph(REQUEST);
    // The pool may open a second one before it knows that the first is free again.
    expect(sockets.size).toBeLessThanOrEqual(2);
  });

  test.each([
    ['errors', { errors: [{ message: 'no', extensions: { code: 'NOT_FOUND' } }] }],
    ['errors at places', { data: null, errors: [{ message: 'no', path: ['me', 0] }] }],
    ['errors at no place', { data: null, errors: [{ message: 'no', path: null }] }],
    ['no errors', { data: {}, errors: null }],
  ])('may answer with %s', async (_, response) => {
    const subgraph = await connect(answer(JSON.stringify(response)));
    expect(await subgraph(REQUEST)).toEqual(response);
  });

  test.each([
    ['a status that is not 200', answer('{"data":{}}', 403), 'it answered with status 403'],
    ['no JSON', answer('<html>dear diary'), 'its answer could not be read as JSON'],
    [
      'JSON that is no GraphQL response',
      answer('["dear diary"]'),
      'its answer is no GraphQL response',
    ],
    ['null', answer('null'), 'its answer is no GraphQL response'],
    ...['{}', '[null]', '[{}]', '[{"message":"diary","path":5}]'].map(
      (errors) =>
        [
          `errors that are none: ${errors}`,
          answer(`{"data":{},"errors":${errors}}`),
          'its answer is no GraphQL response',
        ] as const,
    ),
  ])('that answers with %s is out of reach', async (_, listener, message) => {
    const error = await (await connect(listener))(REQUEST).catch((caught) => caught);
    expect(error).toBeInstanceOf(SubgraphOutOfReach);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('diary');
  });

  test('that hangs up is out of reach', async () => {
    const subgraph = await connect((request) => request.socket.destroy());
    await expect(subgraph(REQUEST)).rejects.toThrow(SubgraphOutOfReach);
  });

  test('that does not answer in time is out of reach', async () => {
    const subgraph = await connect(() => {}, 50);
    await expect(subgraph(REQUEST)).rejects.toThrow(/out of reach: UND_ERR_HEADERS_TIMEOUT/);
  });

  test('that stops in the middle of its answer is out of reach', async () => {
    const subgraph = await connect((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"data":');
    }, 50);
    await expect(subgraph(REQUEST)).rejects.toThrow(SubgraphOutOfReach);
  });

  test('that nobody listens for is out of reach, and the error says where it was looked for', async () => {
    const { subgraph, close } = httpSubgraph({ url: 'http://127.0.0.1:1/subgraph', secret: 's' });
    disposals.push(close);
    await expect(subgraph(REQUEST)).rejects.toThrow(
      'The subgraph at http://127.0.0.1:1/subgraph is out of reach: ECONNREFUSED.',
    );
  });
});

describe('the gateway over subgraphs that are out of reach', () => {
  const dead = httpSubgraph({ url: 'http://127.0.0.1:1/subgraph', secret: 's3cret' });
  const gateway = useGateway({ memo: dead.subgraph, auth: dead.subgraph });

  test('tells the caller nothing and the log everything', async () => {
    const { status, body, text, headers } = await gateway.ask('{ pads { id } }');
    expect({ status, data: body.data }).toEqual({ status: 200, data: null });
    expect(text).not.toMatch(/127\.0\.0\.1|ECONNREFUSED|memo/);
    expect(gateway.lines[0]).toMatchObject({
      message: 'subgraph out of reach',
      subgraph: 'memo',
      requestId: headers['x-request-id'],
      error: expect.stringMatching(
        /http:\/\/127\.0\.0\.1:1\/subgraph is out of reach: ECONNREFUSED/,
      ),
    });
    await dead.close();
  });
});
