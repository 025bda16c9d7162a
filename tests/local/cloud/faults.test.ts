import { describe, expect, test } from '@jest/globals';
import { createFaults, FAULT_MIX, type FaultOptions } from '#local/cloud/faults.ts';
import { withCrashes } from '#local/cloud/lambda/faults.ts';
import { useFunctions } from '#tests/local/cloud/lambda/useFunctions.ts';
import { useSocketApis } from '#tests/local/cloud/webSocketApi/useSocketApis.ts';
import { waitFor } from '#tests/support/waitFor.ts';

const makeFunctions = useFunctions();
const startSockets = useSocketApis();

const NONE = Object.fromEntries(Object.keys(FAULT_MIX).map((name) => [name, 0]));

/** One fault, always. */
const always = (name: keyof typeof FAULT_MIX) =>
  createFaults({ seed: 1, mix: { ...NONE, [name]: 1 } });

/** Ten of each decision. */
function play(options: FaultOptions): unknown[] {
  const faults = createFaults(options);
  return Array.from({ length: 10 }, () => [
    faults.beforeForward?.('PutItem', ['table']),
    faults.lambda?.crash?.('f'),
    faults.stream?.redelivers?.(5),
    faults.socket?.onPost?.(),
    faults.socket?.dropsDisconnect?.(),
    faults.socket?.delayOfMessage?.(),
  ]);
}

describe('the faults', () => {
  const half = Object.fromEntries(Object.keys(FAULT_MIX).map((name) => [name, 0.5]));

  test('are the same for the same seed, and others for another', () => {
    expect(play({ seed: 7, mix: half })).toEqual(play({ seed: 7, mix: half }));
    expect(play({ seed: 8, mix: half })).not.toEqual(play({ seed: 7, mix: half }));
  });

  test('are as frequent as the mix says, and counted', () => {
    const faults = createFaults({ seed: 3 });
    for (let index = 0; index < 10_000; index += 1) faults.lambda?.crash?.('f');
    expect(faults.counts.crash).toBeGreaterThan(150);
    expect(faults.counts.crash).toBeLessThan(250);
  });

  test('stop while they are paused', () => {
    const faults = createFaults({ seed: 1, mix: { crash: 1 } });
    faults.pause();
    expect(faults.lambda?.crash?.('f')).toBeUndefined();
    faults.pause(false);
    expect(faults.lambda?.crash?.('f')).toBeDefined();
  });

  test('leave alone whom they aren’t for', () => {
    const faults = createFaults({
      seed: 1,
      mix: { crash: 1, conflict: 1 },
      crashes: (name) => name === 'live',
      conflicts: (table) => table === 'live',
    });
    expect(faults.lambda?.crash?.('gateway')).toBeUndefined();
    expect(faults.beforeForward?.('TransactWriteItems', ['memos'])).toBeUndefined();
    expect(faults.beforeForward?.('Query', ['live'])).toBeUndefined();
    expect(faults.beforeForward?.('TransactWriteItems', ['memos', 'live'])).toBe(
      'TransactionConflict',
    );
  });
});

describe('a function that dies', () => {
  const CODE = `
    export const handler = async ({ ms }) => {
      console.log('started');
      await new Promise((resolve) => setTimeout(resolve, ms));
      console.log('done');
    };`;
  const invoke = async (crash: 'BEFORE' | 'MIDWAY' | 'AFTER', ms: number) => {
    const { functions, lines } = makeFunctions(CODE);
    const mortal = withCrashes(functions, { crash: () => crash, crashAfterMs: () => 20 });
    const result = await mortal.invoke('greeter', JSON.stringify({ ms }));
    await new Promise((resolve) => setImmediate(resolve));
    const said = lines.filter((line) => /started|done/.test(line)).map((line) => line.slice(-7));
    return { error: result.functionError, said: said.length, functions };
  };

  test('before it starts has done nothing', async () => {
    expect(await invoke('BEFORE', 0)).toMatchObject({ error: 'Unhandled', said: 0 });
  });

  test('midway has begun, and isn’t there for the next', async () => {
    const { functions, ...found } = await invoke('MIDWAY', 60_000);
    expect(found).toMatchObject({ error: 'Unhandled' });
    expect(found.said).toBeLessThan(2);
    expect((await functions.invoke('greeter', '{"ms":0}')).functionError).toBeUndefined();
  });

  test('after all has done everything, and nobody hears', async () => {
    expect(await invoke('AFTER', 0)).toMatchObject({ error: 'Unhandled', said: 2 });
  });
});

describe('a connection', () => {
  test.each([
    ['postThrottled', 429, 0],
    ['postLost', 200, 0],
    ['postSentButFailed', 500, 1],
  ] as const)(
    '%s: a post is answered with %d and arrives %d times',
    async (name, status, times) => {
      const faults = always(name);
      const api = await startSockets({}, { faults: faults.socket });
      const client = await api.connect();
      expect((await api.manage('POST', client.id, 'one')).status).toBe(status);
      faults.pause();
      await api.manage('POST', client.id, 'two');
      expect(await client.received(times + 1)).toEqual([...Array(times).fill('one'), 'two']);
    },
  );

  test('disconnectDropped: nobody hears of its end', async () => {
    const api = await startSockets({}, { faults: always('disconnectDropped').socket });
    const client = await api.connect();
    client.socket.close();
    await waitFor('the end', () => api.connections() === 0);
    await api.close();
    expect(api.events).toHaveLength(1);
  });

  test('reordered: messages overtake each other', async () => {
    const delays = [30, 0];
    const delayOfMessage = (): number => delays.shift() ?? 0;
    const answer = ({ body = '' }) => ({ statusCode: 200, body });
    const api = await startSockets({ answer }, { faults: { delayOfMessage } });
    const client = await api.connect();
    client.socket.send('{"type":"ask","n":1}');
    client.socket.send('{"type":"ask","n":2}');
    const messages = await client.received(2);
    expect(messages.map((text) => JSON.parse(text).n)).toEqual([2, 1]);
  });
});
