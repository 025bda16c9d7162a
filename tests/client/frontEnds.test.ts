import { ApolloClient, ApolloLink, gql, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { expect, test } from '@jest/globals';
import { subscriptionExchange, Client as UrqlClient } from '@urql/core';
import { waitFor } from '#tests/support/waitFor.ts';
import { upTo, useClients, WATCH, type WatchedBatch } from './clients.ts';
import { type TestService, useServices } from './service.ts';

const startService = useServices();
const createClient = useClients();
const variables = { padId: 'pad', since: '0.0' };

interface Answer {
  readonly memoChanges: WatchedBatch;
}

/** Writes through losses of every kind, until the front end has got what it should, or never will. */
async function trouble(service: TestService, seqs: number[]): Promise<void> {
  await waitFor('the subscription', () => service.watchingCount() > 0);
  service.write('pad', 3);
  service.drop();
  service.write('pad', 2);
  await waitFor('the changes after a broken connection', () => seqs.includes(5));
  service.onBatch = () => {};
  service.write('pad', 2);
  service.onBatch = (send) => {
    send();
    send();
  };
  service.write('pad', 2);
  await waitFor('the changes after a lost batch', () => seqs.includes(9));
}

test('Apollo Client gets every change once, and in order', async () => {
  const service = await startService();
  const client = new ApolloClient({
    link: ApolloLink.from([new GraphQLWsLink(createClient(service.url))]),
    cache: new InMemoryCache(),
  });
  const seqs: number[] = [];
  const subscription = client
    .subscribe<Answer>({ query: gql(WATCH), variables })
    .subscribe(({ data }) => seqs.push(...seqsOf(data)));
  await trouble(service, seqs);
  expect(seqs).toEqual(upTo(9));
  subscription.unsubscribe();
  await waitFor('the end', () => service.openCount() === 0);
});

test('urql gets every change once, and in order', async () => {
  const service = await startService();
  const live = createClient(service.url);
  const client = new UrqlClient({
    url: 'http://127.0.0.1/graphql',
    preferGetMethod: false,
    exchanges: [
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables: given }) => ({
          subscribe: (sink) => ({
            unsubscribe: live.subscribe({ query, variables: given }, sink as never),
          }),
        }),
      }),
    ],
  });
  const seqs: number[] = [];
  const subscription = client
    .subscription<Answer>(WATCH, variables)
    .subscribe(({ data }) => seqs.push(...seqsOf(data)));
  await trouble(service, seqs);
  expect(seqs).toEqual(upTo(9));
  subscription.unsubscribe();
  await waitFor('the end', () => service.openCount() === 0);
});

test('a loop over iterate gets every change once, and leaving it ends the subscription', async () => {
  const service = await startService();
  const seqs: number[] = [];
  const troubled = trouble(service, seqs);
  for await (const { data } of createClient(service.url).iterate<Answer>({
    query: WATCH,
    variables,
  })) {
    seqs.push(...seqsOf(data));
    if (seqs.includes(9)) break;
  }
  await troubled;
  expect(seqs).toEqual(upTo(9));
  await waitFor('the end', () => service.openCount() === 0);
});

test('a loop over iterate throws what the service refuses', async () => {
  const service = await startService();
  const refusal = [{ message: 'No.', extensions: { code: 'NOT_FOUND' } }];
  service.onSubscribe = () => refusal;
  const read = async () => {
    for await (const _ of createClient(service.url).iterate({ query: WATCH, variables })) break;
  };
  await expect(read()).rejects.toEqual(refusal);
});

test('what is no subscription to changes is graphql-ws’s own affair', async () => {
  const service = await startService();
  const results = createClient(service.url).iterate({ query: '{ me { id } }' });
  await expect(results.next()).resolves.toMatchObject({ done: false });
  expect(service.subscribes[0]?.query).toBe('{ me { id } }');
  await results.return?.();
});

function seqsOf(data: Answer | null | undefined): number[] {
  return data?.memoChanges.changes.map(({ seq }) => seq) ?? [];
}
