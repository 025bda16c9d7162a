import { describe, expect, jest, test } from '@jest/globals';
import { waitFor } from '#tests/support/waitFor.ts';
import { record, START, upTo, useClients, watchingWith } from './clients.ts';
import { useServices } from './service.ts';

const startService = useServices();
const createClient = useClients();
const startWatching = watchingWith(startService, createClient);
const error = (code: string) => [{ message: `It is ${code}.`, extensions: { code } }];

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

  test('when a batch gets lost and another follows', async () => {
    const { service, watch } = await startWatching();
    service.write('pad');
    service.onBatch = () => {};
    service.write('pad', 2);
    service.onBatch = (send) => send();
    service.write('pad');
    await waitFor('the lost ones', () => watch.seqs().length === 4);
    expect(watch.seqs()).toEqual(upTo(4));
    expect(service.connectionCount).toBe(2);
  });

  test('when the last batch gets lost and nothing follows', async () => {
    const { service, watch } = await startWatching({ keepAlive: 20, answerTimeoutMs: 30 });
    service.onBatch = () => {};
    service.write('pad', 2);
    service.onBatch = (send) => send();
    await waitFor('the lost ones', () => watch.seqs().length === 2);
    expect(watch.seqs()).toEqual([1, 2]);
  });

  test('when batches come twice, and late', async () => {
    const { service, watch } = await startWatching();
    const late: (() => void)[] = [];
    service.onBatch = (send) => {
      send();
      send();
      late.push(send);
    };
    service.write('pad', 2);
    service.write('pad');
    for (const send of late) send();
    service.write('pad');
    await waitFor('the last', () => watch.seqs().includes(4));
    expect(watch.seqs()).toEqual(upTo(4));
    expect(service.connectionCount).toBe(1);
  });

  test('when a batch overlaps what came before: its known part is cut', async () => {
    const service = await startService();
    const aliased = `subscription ($padId: ID!, $since: String) { watched: memoChanges(padId: $padId, since: $since) { list: changes { memoId } } }`;
    const client = createClient(service.url);
    const lists: unknown[] = [];
    client.subscribe<{ watched: { list: { memoId: string }[] } }>(
      { query: aliased, variables: START },
      {
        next: ({ data }) => lists.push(...(data?.watched.list.map(({ memoId }) => memoId) ?? [])),
        error: () => {},
        complete: () => {},
      },
    );
    await waitFor('the subscription', () => service.watchingCount());
    service.write('pad', 2);
    await waitFor('both', () => lists.length === 2);
    service.rewind('pad', 1);
    service.write('pad', 1);
    await waitFor('the third', () => lists.length === 3);
    expect(lists).toEqual(['memo-1', 'memo-2', 'memo-3']);
  });

  test('of a long log, from a cursor on', async () => {
    const service = await startService();
    service.write('pad', 1000);
    const watch = record(createClient(service.url), { padId: 'pad', since: 'A1.250' });
    await waitFor('the end', () => watch.seqs().includes(1000));
    expect(watch.seqs()).toEqual(upTo(1000).slice(250));
  });

  test('of several pads over one connection', async () => {
    const service = await startService();
    const client = createClient(service.url);
    const watches = ['one', 'two'].map((padId) => record(client, { padId, since: '0.0' }));
    await waitFor('both', () => service.watchingCount() === 2);
    service.write('one', 2);
    service.drop();
    service.write('two', 3);
    await waitFor('all', () => watches.every((watch, index) => watch.seqs().length === index + 2));
    expect(watches.map((watch) => watch.seqs())).toEqual([upTo(2), upTo(3)]);
    expect(service.connectionCount).toBe(2);
  });

  test('without a cursor: from the moment it is caught up', async () => {
    const service = await startService();
    service.write('pad', 7);
    const watch = record(createClient(service.url));
    await waitFor('being live', () => watch.batches.length === 1);
    service.drop();
    service.write('pad', 2);
    await waitFor('the changes', () => watch.seqs().length === 2);
    expect(watch.seqs()).toEqual([8, 9]);
  });
});

test('a reset goes to the caller, and the new log is followed from there', async () => {
  const { service, watch } = await startWatching();
  service.write('pad', 5);
  await waitFor('the changes', () => watch.seqs().length === 5);
  service.startOver('pad');
  service.drop();
  await waitFor('the reset', () => watch.batches.some(({ reset }) => reset));
  service.write('pad');
  await waitFor('the next change', () => watch.seqs().includes(4) && watch.seqs().length === 6);
  expect(watch.seqs()).toEqual([...upTo(5), 4]);
  expect(watch.batches.filter(({ reset }) => reset)).toHaveLength(1);
});

describe('a connection', () => {
  test('that died without a word is noticed and made anew', async () => {
    const { service, watch } = await startWatching({ keepAlive: 20, answerTimeoutMs: 30 });
    service.answersPings = false;
    await waitFor('another connection', () => service.connectionCount > 1);
    service.answersPings = true;
    service.write('pad');
    await waitFor('the change', () => watch.seqs().length === 1);
  });

  test.each([1000, 1001, 1009, 1011, 1012, 4500])('closed with %i is made anew', async (code) => {
    const { service, watch } = await startWatching();
    service.drop(code);
    await waitFor('the end of the first', () => service.connectionCount === 2);
    service.write('pad');
    await waitFor('the change', () => watch.seqs().length === 1);
    expect(watch.errors).toEqual([]);
  });

  test('over which API Gateway tells that a function failed is made anew', async () => {
    const { service, watch } = await startWatching();
    service.sendAll('{"message": "Internal server error", "connectionId": "x", "requestId": "y"}');
    await waitFor('another connection', () => service.connectionCount === 2);
    service.write('pad');
    await waitFor('the change', () => watch.seqs().length === 1);
  });

  test('over which a subscription gets no answer is made anew', async () => {
    const service = await startService();
    service.onSubscribe = () => 'SILENCE';
    const watch = record(createClient(service.url, { subscribeTimeoutMs: 50 }), START);
    await waitFor('the subscription', () => service.subscribes.length === 1);
    service.onSubscribe = () => 'ACCEPT';
    await waitFor('being live', () => watch.batches.length === 1);
  });

  test('is closed when nobody watches any more, and made at once when somebody does again', async () => {
    const { service, client, watch } = await startWatching();
    watch.dispose();
    await waitFor('its end', () => service.openCount() === 0);
    expect(watch.isComplete).toBe(true);
    const again = record(client, START);
    await waitFor('being live', () => again.batches.length === 1);
  });
});

describe('never a storm', () => {
  const TIMERS_ALONE = [
    'nextTick',
    'setImmediate',
    'clearImmediate',
    'queueMicrotask',
    'Date',
    'hrtime',
  ] as const;

  /** Lets sockets work while timers stand still. */
  async function settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 250) {
      await settle();
      await jest.advanceTimersByTimeAsync(250);
    }
    await settle();
  }

  test.each([
    ['closed with 1000 after connection_init', 'onInit'],
    ['closed with 1000 when it subscribes', 'onSubscribe'],
  ] as const)(
    'a client that is %s makes at most 2 connections in 5 s, and goes on trying',
    async (_what, when) => {
      jest.useFakeTimers({ doNotFake: [...TIMERS_ALONE] });
      try {
        const service = await startService();
        service[when] = () => 'CLOSE';
        const watch = record(createClient(service.url, { random: () => 0.99 }), START);
        await pass(5_000);
        expect(service.connectionCount).toBe(2);
        await pass(30_000);
        expect(service.connectionCount).toBeGreaterThan(3);
        service[when] = () => 'ACCEPT';
        await pass(45_000);
        expect(watch.batches).toHaveLength(1);
      } finally {
        jest.useRealTimers();
      }
    },
  );

  test('a client whose service is gone tries after half a second, then ever more rarely', async () => {
    const { service, watch } = await startWatching();
    const { port } = new URL(service.url);
    await service.stop();
    const tries = jest.fn(() => `ws://127.0.0.1:${port}`);
    jest.useFakeTimers({ doNotFake: [...TIMERS_ALONE] });
    try {
      record(createClient('', { url: tries }), START);
      await pass(10_000);
      expect(tries.mock.calls.length).toBeGreaterThan(3);
      expect(tries.mock.calls.length).toBeLessThan(9);
    } finally {
      jest.useRealTimers();
    }
    watch.dispose();
  });
});

describe('access', () => {
  test('the token goes into connection_init', async () => {
    const { service } = await startWatching({ getAccessToken: () => 'abc' });
    expect(service.inits).toEqual([{ authorization: 'Bearer abc' }]);
  });

  test('a refused client is told why, after one connection', async () => {
    const service = await startService();
    service.onInit = () => error('FORBIDDEN');
    const watch = record(createClient(service.url), START);
    await waitFor('the refusal', () => watch.errors.length > 0);
    expect(watch.errors).toEqual([error('FORBIDDEN')]);
    expect(service.connectionCount).toBe(1);
  });

  test('a refused token is replaced once; then the caller is told', async () => {
    const service = await startService();
    service.onInit = () => error('UNAUTHENTICATED');
    const asked: boolean[] = [];
    const getAccessToken = ({ refused }: { refused: boolean }) => String(asked.push(refused));
    const watch = record(createClient(service.url, { getAccessToken }), START);
    await waitFor('the refusal', () => watch.errors.length > 0);
    expect(watch.errors).toEqual([error('UNAUTHENTICATED')]);
    expect(asked).toEqual([false, true]);
  });

  test('a token that expires while changes come: the next one takes over without a loss', async () => {
    const service = await startService();
    service.acknowledgement = { expiresInSeconds: 0.2 };
    let tokens = 0;
    const getAccessToken = () => `token-${++tokens}`;
    const watch = record(createClient(service.url, { getAccessToken, refreshAheadMs: 100 }), START);
    await waitFor('three tokens', () => {
      service.write('pad');
      return tokens >= 3;
    });
    const { seq } = service.log('pad');
    await waitFor('all changes', () => watch.seqs().length === seq);
    expect(watch.seqs()).toEqual(upTo(seq));
    expect(watch.errors).toEqual([]);
  });

  test.each([
    ['fast', 10],
    ['slow', -10],
  ])(
    'with a clock 10 minutes %s, a token ended by the service is replaced, and nothing is lost',
    async (_way, minutes) => {
      const real = Date.now();
      const claims = { iat: Math.floor(real / 1000), exp: Math.floor(real / 1000) + 900 };
      const token = `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
      const clock = () => real + minutes * 60_000;
      const service = await startService();
      const asked: boolean[] = [];
      const getAccessToken = ({ refused }: { refused: boolean }) => {
        asked.push(refused);
        return token;
      };
      const watch = record(createClient(service.url, { getAccessToken, clock }), START);
      await waitFor('being live', () => watch.batches.length === 1);
      service.write('pad');
      service.endAll(error('UNAUTHENTICATED'));
      service.write('pad');
      await waitFor('both changes', () => watch.seqs().length === 2);
      expect(asked).toEqual([false, true]);
      expect(watch.errors).toEqual([]);
    },
  );

  test('a token that can’t be had now is asked for again', async () => {
    let calls = 0;
    const getAccessToken = async () => {
      calls += 1;
      if (calls === 1) throw new Error('offline');
      return 'token';
    };
    await startWatching({ getAccessToken });
    expect(calls).toBe(2);
  });

  test('who may no longer read the pad is told so', async () => {
    const { service, watch } = await startWatching();
    service.endAll(error('NOT_FOUND'));
    await waitFor('the end', () => watch.isComplete);
    expect(service.connectionCount).toBe(1);
  });

  test('a subscription that the service failed at is tried again', async () => {
    const service = await startService();
    service.onSubscribe = () => error('INTERNAL');
    const watch = record(createClient(service.url), START);
    await waitFor('the first try', () => service.subscribes.length >= 1);
    service.onSubscribe = () => 'ACCEPT';
    await waitFor('being live', () => watch.batches.length === 1);
    expect(watch.errors).toEqual([]);
  });
});

test('subscriptions have short ids, which stand in rows that the service reads for each watcher', async () => {
  const ids = new Set<string>();
  const { service, client } = await startWatching({
    on: { message: (message) => void (message.type === 'next' && ids.add(message.id)) },
  });
  const other = record(client, START);
  await waitFor('being live', () => other.batches.some(({ caughtUp }) => caughtUp));
  service.write('pad');
  await waitFor('the change', () => other.seqs().length === 1);
  expect([...ids].map(({ length }) => length)).toEqual([1, 1]);
});
