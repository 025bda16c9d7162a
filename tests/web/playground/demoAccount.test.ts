import { describe, expect, test } from '@jest/globals';
import { loadDemoAccount } from '#web/playground/demoAccount.ts';

const DEMO = { email: 'demo@memopad.example', password: 'try-memopad-today' };
const load = (answer: () => Promise<Response>) => loadDemoAccount('/config.json', answer);

describe('loadDemoAccount', () => {
  test('gives the account that the service offers', async () => {
    expect(await load(async () => Response.json({ demo: DEMO }))).toEqual(DEMO);
  });

  test.each([
    ['no such file', async () => Response.json({ demo: DEMO }, { status: 404 })],
    ['no demo account', async () => Response.json({})],
    ['half of one', async () => Response.json({ demo: { email: 'a@b.c' } })],
    ['not JSON', async () => new Response('<html>')],
    ['null', async () => Response.json(null)],
    ['nobody there', () => Promise.reject(new TypeError('Failed to fetch'))],
  ])('%s is null', async (_name, answer) => {
    expect(await load(answer)).toBeNull();
  });
});
