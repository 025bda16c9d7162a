import { describe, expect, jest, test } from '@jest/globals';
import { parse } from 'graphql';
import { createFetcher } from '#web/playground/fetcher.ts';
import type { GraphqlReply, GraphqlRequest } from '#web/playground/graphqlEndpoint.ts';
import { GraphqlFailure } from '#web/playground/graphqlFailure.ts';
import type { Session } from '#web/playground/session.ts';

const QUERY = { query: '{ me { id } }' };
const ANSWER = { data: { me: null } };

function setUp(session: Partial<Session> = {}) {
  const post = jest.fn(
    async (_request: GraphqlRequest, _headers: object): Promise<GraphqlReply> => ({
      status: 200,
      answer: ANSWER,
    }),
  );
  const follow = jest.fn(async (_data: unknown) => undefined);
  const usual: Partial<Session> = { authorization: async () => 'Bearer one', follow };
  const subscribe = jest.fn(async () => changes());
  const fetcher = createFetcher({ post, session: { ...usual, ...session } as Session, subscribe });
  const sent = () => post.mock.calls.map(([, headers]) => headers);
  return { post, follow, fetcher, sent, subscribe };
}

async function* changes(): AsyncGenerator<object> {
  yield { data: { memoChanges: { to: 'A.1' } } };
}

describe('the fetcher', () => {
  test('sends subscriptions over the socket, and nothing else', async () => {
    const { fetcher, post, subscribe } = setUp();
    const query = 'subscription { memoChanges(padId: "p") { to } }';
    const answers = await fetcher({ query });
    const iterator = (answers as unknown as AsyncIterable<object>)[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toEqual({ data: { memoChanges: { to: 'A.1' } } });
    expect(post).not.toHaveBeenCalled();
    await fetcher(QUERY);
    expect(subscribe).toHaveBeenCalledTimes(1);
  });

  test('goes by the text, not by what GraphiQL knew of the text before it', async () => {
    const { fetcher, subscribe } = setUp();
    const query = 'subscription Watch { memoChanges(padId: "p") { to } }';
    const documentAST = parse('mutation CreateMemo { createMemo { id } }');
    await fetcher({ query, operationName: 'CreateMemo' }, { documentAST });
    expect(subscribe.mock.calls).toMatchObject([[{ operationName: 'Watch' }]]);
  });

  test('sends the header of the session beside the ones of the editor', async () => {
    const { fetcher, sent } = setUp();
    expect(await fetcher(QUERY, { headers: { 'x-mine': '1' } })).toEqual(ANSWER);
    expect(sent()).toEqual([{ 'x-mine': '1', authorization: 'Bearer one' }]);
  });

  test('sends none when nobody is signed in', async () => {
    const { fetcher, sent } = setUp({ authorization: async () => null });
    await fetcher(QUERY);
    expect(sent()).toEqual([{}]);
  });

  test('an Authorization written in the editor wins, in any case', async () => {
    const { fetcher, sent } = setUp();
    await fetcher(QUERY, { headers: { AUTHORIZATION: 'Bearer mine' } });
    expect(sent()).toEqual([{ AUTHORIZATION: 'Bearer mine' }]);
  });

  test('sends an operation again, once, when the service refuses the token', async () => {
    const { fetcher, post, sent } = setUp({ renew: async () => 'Bearer two' });
    post.mockResolvedValueOnce({ status: 401, answer: { errors: [{ message: 'Old.' }] } });
    expect(await fetcher(QUERY)).toEqual(ANSWER);
    expect(sent()).toEqual([{ authorization: 'Bearer one' }, { authorization: 'Bearer two' }]);
  });

  test('shows the refusal when there is no other token', async () => {
    const { fetcher, post } = setUp({ renew: async () => null });
    const refusal = { errors: [{ message: 'Old.' }] };
    post.mockResolvedValueOnce({ status: 401, answer: refusal });
    expect(await fetcher(QUERY)).toEqual(refusal);
  });

  test('shows as an answer that the session is over', async () => {
    const over = [{ message: 'Your session has ended. Sign in again.' }];
    const { fetcher, post } = setUp({
      authorization: () => Promise.reject(new GraphqlFailure(over)),
    });
    expect(await fetcher(QUERY)).toEqual({ errors: over });
    expect(post).not.toHaveBeenCalled();
  });

  test('lets the session follow the answer, and shows the answer whatever comes of it', async () => {
    const { fetcher, follow } = setUp();
    follow.mockRejectedValueOnce(new GraphqlFailure([{ message: 'Who?' }]));
    expect(await fetcher(QUERY)).toEqual(ANSWER);
    expect(follow).toHaveBeenCalledWith(ANSWER.data);
  });
});
