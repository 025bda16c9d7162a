import { expect, test } from '@jest/globals';
import { startEngine } from '#local/engine.ts';
import { measureCosts } from '#tests/bench/live/costs.ts';

test('a change costs what is promised, with documents as clients send them and through the gateway', async () => {
  const engine = await startEngine();
  try {
    const { inBurst, ...costs } = await measureCosts(engine.endpoint);
    expect(costs).toEqual({
      ...{ tenOfMany: 1, all: 16, executions: 1 },
      alone: { read: 4, write: 6 },
    });
    expect(inBurst.read).toBeCloseTo(17 / 25);
    expect(inBurst.write).toBeCloseTo((75 + 27) / 25);
    expect(inBurst.postsEach).toBeCloseTo(1 / 25);
  } finally {
    await engine.stop();
  }
});
