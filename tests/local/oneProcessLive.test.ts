import { expect, test } from '@jest/globals';
import { planWebSocketApis } from '#local/cloud/plan/webSocketApis.ts';
import { resolveStacks } from '#local/cloud/template/resolve.ts';
import { SOCKET_API } from '#local/oneProcessLive.ts';
import { readStacks } from '#tests/support/stacks.ts';

const BUILT_WITHIN_MS = 60_000;

test(
  'in one process sockets are routed as the templates say',
  async () => {
    const resolved = resolveStacks(await readStacks(), { urlOf: () => 'http://127.0.0.1:1' });
    const [planned] = planWebSocketApis(resolved.flatMap(({ resources }) => resources));
    const describe = ({ stage, routedBy, throttle, routes }: typeof SOCKET_API) => ({
      stage,
      routedBy,
      throttle,
      routes: routes.map(({ routeKey, answers }) => `${routeKey} ${answers}`).sort(),
    });
    expect(describe(SOCKET_API)).toEqual(describe(planned!.definition));
  },
  BUILT_WITHIN_MS,
);
