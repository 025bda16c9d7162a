import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createInstances, type Instances } from '#local/cloud/lambda/instances.ts';
import { createTail } from '#local/cloud/lambda/lines.ts';
import { useFunctions } from './useFunctions.ts';

const FIVE_MINUTES_MS = 5 * 60_000;

const lab = useFunctions();
const made: Instances[] = [];
afterEach(async () => {
  jest.useRealTimers();
  await Promise.all(made.splice(0).map((instances) => instances.discardAll()));
});

function start() {
  const { definition } = lab('export const handler = () => 1');
  const instances = createInstances(() => {});
  made.push(instances);
  return { instances, another: () => instances.start(definition, createTail()) };
}

describe('the environments of a function', () => {
  test('are used again, the newest first', () => {
    const { instances, another } = start();
    const [one, two] = [another(), another()];
    expect(instances.takeIdle()).toBeUndefined();
    instances.giveBack(one);
    instances.giveBack(two);
    expect(instances.takeIdle()).toBe(two);
    expect(instances.takeIdle()).toBe(one);
    expect(instances.takeIdle()).toBeUndefined();
  });

  test('are not used again once they are dead', async () => {
    const { instances, another } = start();
    const [alive, dead] = [another(), another()];
    instances.giveBack(alive);
    instances.giveBack(dead);
    await dead.environment.dispose();
    expect(instances.takeIdle()).toBe(alive);
  });

  test('are ended five minutes after their last event, but for the last one', () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    const { instances, another } = start();
    const [one, two, three] = [another(), another(), another()];
    for (const instance of [one, two, three]) instances.giveBack(instance);
    jest.advanceTimersByTime(FIVE_MINUTES_MS - 1);
    expect(instances.takeIdle()).toBe(three);
    instances.giveBack(three);
    jest.advanceTimersByTime(1);
    expect(instances.takeIdle()).toBe(three);
    expect(instances.takeIdle()).toBeUndefined();
    instances.giveBack(three);
    jest.advanceTimersByTime(10 * FIVE_MINUTES_MS);
    expect(instances.takeIdle()).toBe(three);
  });

  test('count their five minutes from their last event', () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    const { instances, another } = start();
    const [one, two] = [another(), another()];
    instances.giveBack(one);
    jest.advanceTimersByTime(FIVE_MINUTES_MS - 1);
    expect(instances.takeIdle()).toBe(one);
    instances.giveBack(one);
    instances.giveBack(two);
    jest.advanceTimersByTime(1);
    expect([instances.takeIdle(), instances.takeIdle()]).toEqual([two, one]);
  });
});
