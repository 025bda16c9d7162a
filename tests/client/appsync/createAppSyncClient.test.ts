import { ApolloClient, ApolloLink, gql, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { describe, expect, test } from '@jest/globals';
import type { Client } from 'graphql-ws';
import { realtimeUrlOf } from '#client/appsync/protocol.ts';
import {
  record,
  START,
  upTo,
  WATCH,
  type WatchedBatch,
  watchingWith,
} from '#tests/client/clients.ts';
import { waitFor } from '#tests/support/waitFor.ts';
import { useAppSyncClients } from './clients.ts';
import { useAppSyncServices } from './service.ts';

const startService = useAppSyncServices();
const createClient = useAppSyncClients();
const startWatching = watchingWith(startService, createClient);
const error = (errorType: string) => [{ errorType, message: `It is ${errorType}.` }];
const told = (code: string) => [{ message: `It is ${code}.`, extensions: { code } }];

describe('every change once and in order', () => {
  test('through breaking connections, whatever is written meanwhile', async () => {
    const { service, watch } = await startWatching();
    for (const count of upTo(5)) {
      service.write('pad', 3);
      service.drop();
      service.write('pad', 2);
      await waitFor('the changes', () => watch.seqs().length === count * 5);
    }
    expect(watch.seqs()).toEqual(upTo(25));
    expect(service.connectionCount).toBe(6);
  });

  test('when AppSync loses something and another follows: over the same connection', async () => {
    const { service, watch } = await startWatching();
    service.write('pad');
    service.write('pad', 2, true);
    service.write('pad');
    await waitFor('the lost ones', () => watch.seqs().length === 4);
    expect(watch.seqs()).toEqual(upTo(4));
    expect(service.connectionCount).toBe(1);
  });

  test('when AppSync loses the last one and nothing follows', async () => {
    const { service, watch } = await startWatching({ checkMs: 20 });
    await waitFor('the early check', () => service.asked.length > 1);
    service.write('pad', 2, true);
    await waitFor('the lost ones', () => watch.seqs().length === 2);
    expect([watch.seqs(), service.connectionCount]).toEqual([[1, 2], 1]);
  });

  test('when AppSync tells them twice, and late', async () => {
    const { service, watch } = await startWatching();
    const late: (() => void)[] = [];
    service.onPublish = (tell) => {
      tell();
      late.push(tell);
    };
    service.write('pad', 2);
    service.write('pad', 1);
    for (const tell of late) tell();
    service.publish('pad', 1, 3);
    service.onPublish = (tell) => tell();
    service.write('pad');
    await waitFor('all', () => watch.seqs().length === 4);
    expect(watch.seqs()).toEqual(upTo(4));
  });

  test('when one is published while the log is being read', async () => {
    const service = await startService();
    let open = () => {};
    service.onQuery = () =>
      service.asked.length > 1
        ? null
        : new Promise<null>((resolve) => {
            open = () => resolve(null);
          });
    service.write('pad', 2);
    const watch = record(createClient(service.url), START);
    await waitFor('the question', () => service.asked.length === 1);
    service.write('pad', 1);
    open();
    await waitFor('all', () => watch.seqs().length === 3);
    expect(watch.seqs()).toEqual(upTo(3));
  });

  test('of a log of many pages', async () => {
    const service = await startService();
    service.write('pad', 250);
    const watch = record(createClient(service.url), START);
    await waitFor('all', () => watch.seqs().length === 250);
    expect(watch.batches.map(({ caughtUp }) => caughtUp)).toEqual([false, false, true]);
    expect(watch.seqs()).toEqual(upTo(250));
  });

  test('when a part of a message could not be had: it is read again', async () => {
    const { service, watch } = await startWatching();
    service.log('pad').seq = 1;
    service.publish('pad', 0, 1, error('INTERNAL'));
    await waitFor('the change', () => watch.seqs().length === 1);
    expect(service.asked.length).toBe(2);
    expect(watch.batches.at(-1)).toMatchObject({ from: '0.0', to: 'A1.1' });
  });
});

test('without a cursor it begins at this moment', async () => {
  const service = await startService();
  service.write('pad', 5);
  const watch = record(createClient(service.url), { padId: 'pad' });
  await waitFor('being live', () => watch.batches.length === 1);
  expect(watch.batches[0]).toMatchObject({ from: 'A1.5', to: 'A1.5', caughtUp: true });
  service.write('pad');
  await waitFor('the change', () => watch.seqs().length === 1);
  expect(watch.seqs()).toEqual([6]);
});

test('a log that was lost resets the caller, who goes on with the next one', async () => {
  const { service, watch } = await startWatching();
  service.write('pad', 2);
  await waitFor('the changes', () => watch.seqs().length === 2);
  service.startOver('pad');
  service.drop();
  await waitFor('being live', () => {
    const { to, caughtUp } = watch.batches.at(-1) ?? {};
    return to === 'B2.3' && caughtUp;
  });
  expect(watch.batches.at(-2)).toMatchObject({ reset: true, to: 'B2.3', changes: [] });
  service.write('pad');
  await waitFor('the change', () => watch.seqs().length === 3);
  expect(watch.seqs()).toEqual([1, 2, 4]);
});

test('one connection serves many subscriptions, and closes when nobody needs it', async () => {
  const { service, client, watch } = await startWatching();
  const other = record(client, { padId: 'other', since: '0.0' });
  await waitFor('both', () => service.watchingCount() === 2);
  service.write('other');
  await waitFor('the change', () => other.seqs().length === 1);
  expect([watch.seqs(), service.connectionCount]).toEqual([[], 1]);
  watch.dispose();
  await waitFor('the stop', () => service.watchingCount() === 1);
  other.dispose();
  await waitFor('the end', () => service.openCount() === 0);
  expect([watch.isComplete, other.isComplete]).toEqual([true, true]);
});

describe('tokens', () => {
  test('go into the protocol’s name, each start and each question, without Bearer', async () => {
    const { service } = await startWatching();
    expect([service.tokens, service.startTokens]).toEqual([['token'], ['token']]);
    expect(service.asked[0]?.authorization).toBe('token');
  });

  test('are renewed before they end, on a new connection', async () => {
    const claims = { iat: 0, exp: 60 };
    const token = `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
    const tokens = [token, 'next'];
    const { service } = await startWatching({
      getAccessToken: () => tokens.shift() ?? 'next',
      refreshAheadMs: 40,
    });
    await waitFor('the next', () => service.tokens.length === 2);
    await waitFor('being live', () => service.startTokens.length === 2);
    expect(service.startTokens).toEqual([token, 'next']);
  });

  test('that end in years need no new connection before', async () => {
    const token = `x.${Buffer.from(JSON.stringify({ exp: 9e9 })).toString('base64url')}.x`;
    const { service, watch } = await startWatching({ getAccessToken: () => token });
    for (const count of upTo(20)) {
      service.write('pad');
      await waitFor('the change', () => watch.seqs().length === count);
    }
    expect(service.connectionCount).toBe(1);
  });

  test.each(['onConnect', 'onStart', 'onQuery'] as const)(
    'that are refused are replaced once: %s',
    async (where) => {
      const service = await startService();
      const refused: boolean[] = [];
      const isBad = () => refused.length < 2;
      if (where === 'onQuery') service.onQuery = () => (isBad() ? 401 : null);
      else service[where] = () => (isBad() ? error('UnauthorizedException') : null);
      const getAccessToken = (why: { refused: boolean }) => {
        refused.push(why.refused);
        return 'token';
      };
      const watch = record(createClient(service.url, { getAccessToken }), START);
      await waitFor('being live', () => watch.batches.length === 1);
      expect([refused, watch.errors]).toEqual([[false, true], []]);
    },
  );

  test('that are refused again end the subscription', async () => {
    const service = await startService();
    service.onConnect = () => error('UnauthorizedException');
    const watch = record(createClient(service.url), START);
    await waitFor('the end', () => watch.errors.length === 1);
    const [[first]] = watch.errors as [[{ extensions: object }]];
    expect(first.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
    await waitFor('silence', () => service.openCount() === 0);
    expect(service.connectionCount).toBe(2);
  });
});

describe('what AppSync refuses', () => {
  test.each(['NOT_FOUND', 'FORBIDDEN', 'BAD_USER_INPUT'])('ends it: %s', async (code) => {
    const service = await startService();
    service.onStart = () => error(code);
    const client = createClient(service.url);
    const watch = record(client, START);
    await waitFor('the end', () => watch.errors.length === 1);
    expect(watch.errors).toEqual([told(code)]);
    service.onStart = () => null;
    service.onQuery = () => error(code);
    const other = record(client, START);
    await waitFor('the other’s', () => other.errors.length === 1);
    expect(other.errors).toEqual([told(code)]);
  });

  test('a document that is none', async () => {
    const service = await startService();
    const watch = record(createClient(service.url), START, 'query { me { id } }');
    const wrong = 'subscription { memoChanges(padId: "pad") { nothing } }';
    const other = record(createClient(service.url), {}, wrong);
    await waitFor('the end', () => watch.errors.length + other.errors.length === 2);
    for (const { errors } of [watch, other]) {
      expect(errors).toMatchObject([[{ extensions: { code: 'BAD_USER_INPUT' } }]]);
    }
  });

  test('for a moment is asked for again', async () => {
    const service = await startService();
    const troubles: (() => void)[] = [
      () => (service.onStart = () => error('MaxSubscriptionsReachedError')),
      () => (service.onStart = () => null),
    ];
    troubles.shift()?.();
    service.onQuery = () => (service.asked.length < 2 ? 503 : null);
    const watch = record(createClient(service.url), START);
    await waitFor('a start', () => service.startTokens.length > 0);
    troubles.shift()?.();
    service.write('pad');
    await waitFor('the change', () => watch.seqs().length === 1);
    expect([watch.errors, watch.seqs()]).toEqual([[], [1]]);
  });

  test('a subscription that AppSync ends is begun again, and told why it can not be', async () => {
    const { service, watch } = await startWatching();
    service.endAll();
    service.write('pad');
    await waitFor('the change', () => watch.seqs().length === 1);
    service.onStart = () => error('NOT_FOUND');
    service.endAll();
    await waitFor('the end', () => watch.errors.length === 1);
    expect(watch.errors).toEqual([told('NOT_FOUND')]);
  });
});

describe('a connection', () => {
  test('that is silent for too long is made anew', async () => {
    const service = await startService();
    service.connectionTimeoutMs = 30;
    const watch = record(createClient(service.url), START);
    await waitFor('another', () => service.connectionCount > 1);
    service.write('pad');
    await waitFor('the change', () => watch.seqs().length === 1);
  });

  test('that acknowledges no subscription is made anew', async () => {
    const service = await startService();
    service.onStart = () => (service.connectionCount > 1 ? null : 'SILENCE');
    const watch = record(createClient(service.url, { subscribeTimeoutMs: 30 }), START);
    await waitFor('being live', () => watch.batches.length === 1);
    expect(service.connectionCount).toBe(2);
  });

  test('is made when a token can be had', async () => {
    let failures = 0;
    const getAccessToken = () => {
      failures += 1;
      if (failures === 1) throw new Error('offline');
      return 'token';
    };
    const { service } = await startWatching({ getAccessToken });
    expect(service.connectionCount).toBe(1);
  });

  test('goes where AWS has its socket', () => {
    expect(realtimeUrlOf('https://abc.appsync-api.eu-west-1.amazonaws.com/graphql')).toBe(
      'wss://abc.appsync-realtime-api.eu-west-1.amazonaws.com/graphql',
    );
    expect(realtimeUrlOf('http://127.0.0.1:4000/graphql')).toBe(
      'ws://127.0.0.1:4000/graphql/realtime',
    );
  });
});

test('Apollo Client gets every change once, and in order, through its link for graphql-ws', async () => {
  const service = await startService();
  const client = new ApolloClient({
    link: ApolloLink.from([new GraphQLWsLink(createClient(service.url) as Client)]),
    cache: new InMemoryCache(),
  });
  const seqs: number[] = [];
  const subscription = client
    .subscribe<{ memoChanges: WatchedBatch }>({ query: gql(WATCH), variables: START })
    .subscribe(({ data }) => {
      seqs.push(...(data?.memoChanges.changes.map(({ seq }) => seq) ?? []));
    });
  await waitFor('the subscription', () => service.watchingCount() > 0);
  service.write('pad', 2);
  service.drop();
  service.write('pad', 2, true);
  service.write('pad');
  await waitFor('all', () => seqs.length === 5);
  expect(seqs).toEqual(upTo(5));
  subscription.unsubscribe();
  await waitFor('the end', () => service.openCount() === 0);
});
