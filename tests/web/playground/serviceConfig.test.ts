import { describe, expect, test } from '@jest/globals';
import { loadConfig } from '#web/playground/serviceConfig.ts';

const DEMO = { email: 'demo@memopad.example', password: 'try-memopad-today' };
const load = (answer: () => Promise<Response>) => loadConfig('/config.json', answer);

describe('loadConfig', () => {
  test('gives the account and the socket that the service offers', async () => {
    const socket = 'ws://127.0.0.1:4002/live';
    const offered = { demo: DEMO, socket };
    expect(await load(async () => Response.json(offered))).toEqual({ ...offered, appsync: null });
  });

  test('gives the AppSync door, if all of it is told', async () => {
    const url = 'http://127.0.0.1:4003/graphql';
    const realtime = 'ws://127.0.0.1:4003/graphql/realtime';
    const appsync = { url, realtime, apiKey: 'da2-key' };
    expect(await load(async () => Response.json({ appsync }))).toMatchObject({ appsync });
    const half = { appsync: { url: appsync.url } };
    expect(await load(async () => Response.json(half))).toMatchObject({ appsync: null });
  });

  test.each([
    ['no such file', async () => Response.json({ demo: DEMO }, { status: 404 })],
    ['no demo account', async () => Response.json({})],
    ['half of one', async () => Response.json({ demo: { email: 'a@b.c' } })],
    ['not JSON', async () => new Response('<html>')],
    ['null', async () => Response.json(null)],
    ['nobody there', () => Promise.reject(new TypeError('Failed to fetch'))],
  ])('%s offers nothing', async (_name, answer) => {
    expect(await load(answer)).toEqual({ demo: null, socket: null, appsync: null });
  });
});
