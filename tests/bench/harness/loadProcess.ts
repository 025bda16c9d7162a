import autocannon from 'autocannon';
import { answerBench } from './child.ts';
import type { LoadTask, LoadTotals } from './load.ts';

/** More than any run here makes. */
const MAX_REQUESTS = 2_000_000;

answerBench(null, fire);

/** Every connection sends its own share of the bodies over and over, so that no two in flight are equal. */
async function fire(task: LoadTask): Promise<LoadTotals> {
  const { url, headers, bodies, seconds, connections, replyBytes } = task;
  const durations = new Float64Array(MAX_REQUESTS);
  let finished = 0;
  let odd = 0;
  let next = 0;
  const result = await autocannon({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    connections,
    duration: seconds,
    maxOverallRequests: MAX_REQUESTS,
    setupClient: (client) => {
      client.setRequests(share(bodies, connections, next++).map((body) => ({ body })));
      client.on('response', (status, bytes, duration) => {
        durations[finished++] = duration;
        if (status !== 200 || !isAbout(bytes, replyBytes)) odd += 1;
      });
    },
  });
  const sorted = durations.subarray(0, finished).sort();
  return {
    requests: finished,
    failures: odd + result.errors + result.timeouts,
    seconds: result.duration,
    p50Ms: sorted[Math.floor(finished * 0.5)] ?? 0,
    p99Ms: sorted[Math.floor(finished * 0.99)] ?? 0,
  };
}

function isAbout(bytes: number, expected = bytes): boolean {
  return Math.abs(bytes - expected) <= expected * 0.1;
}

function share(bodies: readonly string[], connections: number, connection: number): string[] {
  const mine = bodies.filter((_, index) => index % connections === connection % bodies.length);
  return mine.length > 0 ? mine : [...bodies];
}
