import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { HttpRequest } from '#domain/viewer/httpMessage.ts';
import { servePlayground } from '#local/playground.ts';
import { listen, type NodeServer } from '#one-process/nodeServer.ts';
import { ensurePlayground } from '#scripts/build-playground.js';
import { type CannedService, createCannedService } from './cannedService.ts';
import { launchChromium } from './chromium.ts';
import { type OpenOptions, openPlayground } from './playgroundPage.ts';

const DEMO = { email: 'demo@memopad.example', password: 'try-memopad-today' };

// The first time, Chromium is unpacked and the playground is bundled.
jest.setTimeout(60_000);

let browser: Browser;
let server: NodeServer;
let service: CannedService;

beforeAll(async () => {
  const [{ folder }, launched] = await Promise.all([ensurePlayground(), launchChromium()]);
  browser = launched;
  const next = (request: HttpRequest) => service.handler(request);
  server = await listen(servePlayground({ folder, demo: DEMO, next }), {
    port: 0,
    host: '127.0.0.1',
  });
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

beforeEach(async () => {
  service = await createCannedService();
});

const open = (options: Partial<OpenOptions> = {}) =>
  openPlayground(browser, { origin: server.url, ...options });

describe('the playground', () => {
  test('signs in with one click and sends the header, all from its own origin', async () => {
    const { page, run, signInAsDemo, foreignRequests, complaints, close } = await open();
    await signInAsDemo();
    await run('장보기');
    await page.locator('.result-window .view-lines', { hasText: '장보기' }).waitFor();
    expect(await page.locator('.playground-badge').innerText()).toBe('이민아');
    const [signIn, , listMemos] = service.heard;
    expect(signIn).toMatchObject({ authorization: undefined, variables: { input: DEMO } });
    expect(listMemos?.operation).toContain('query ListMemos');
    expect(listMemos?.authorization).toBe('Bearer access-1');
    // Drawn with the font that came along: this browser has no other with Hangul.
    const { loaded, inAnswer } = await page.evaluate(fonts);
    expect(loaded).toContain('Noto Sans KR Variable');
    expect(inAnswer).toContain('Noto Sans KR Variable');
    expect(foreignRequests).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  test('runs no script and reaches no server but its own', async () => {
    const { page, close } = await open();
    const blocked = await page.evaluate(async () => {
      const directives: string[] = [];
      const bothReported = new Promise<void>((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          if (directives.push(effectiveDirective) === 2) resolve();
        });
      });
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      await fetch('http://127.0.0.2:9/').catch(() => null);
      await bothReported;
      return { directives, ran: 'ran' in window };
    });
    expect(blocked.ran).toBe(false);
    expect(blocked.directives.sort()).toEqual(['connect-src', 'script-src-elem']);
    await close();
  });

  test('refreshes a token that is about to expire, and one that is refused', async () => {
    const { run, signInAsDemo, close } = await open();
    service.tokenSeconds = 30;
    await signInAsDemo();
    service.tokenSeconds = 900;
    await run('장보기');
    expect(service.heard.slice(2)).toMatchObject([
      { authorization: undefined, variables: { refreshToken: 'refresh-of-access-1' } },
      { authorization: 'Bearer access-2' },
    ]);
    service.forgetTokens();
    await run('장보기');
    expect(service.heard.slice(4)).toMatchObject([
      { authorization: undefined, variables: { refreshToken: 'refresh-of-access-2' } },
      { authorization: expect.stringMatching(/^Bearer access-/) },
    ]);
    await close();
  });

  test('a sign-up in the editor signs in; no password and no token outlives the page', async () => {
    const { page, run, openExample, close } = await open();
    await openExample('Sign up');
    await run('accessToken');
    await page.locator('.playground-badge', { hasText: '이민아' }).waitFor();
    // GraphiQL writes half a second after the last change; what it writes last is the history.
    await page.waitForFunction(() => localStorage.getItem('graphiql:tabState')?.includes('SignUp'));
    await page.waitForFunction(() => localStorage.getItem('graphiql:variables'));
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    expect(kept).toContain('mina@example.com');
    expect(kept).not.toMatch(/blue kettle|access-1|refresh-of|Bearer/);
    await page.reload();
    await page.locator('.playground-badge', { hasText: 'Sign in' }).waitFor();
    await close();
  });

  test('an example opens filled with the viewer’s own memo', async () => {
    const { run, signInAsDemo, openExample, close } = await open();
    await signInAsDemo();
    await openExample('Tick a task');
    await run('setTaskDone');
    const { variables } = service.heard.at(-1) ?? {};
    expect(variables).toMatchObject({ index: 1, done: true, expectedVersion: 3 });
    await close();
  });

  test('an invite link opens acceptInvite and leaves the address bar', async () => {
    const { page, run, signInAsDemo, close } = await open({
      path: '/playground#invite=pad.id.s3cret_-',
    });
    await page.locator('.view-lines', { hasText: 'An invite led you here' }).waitFor();
    expect(page.url()).toBe(`${server.url}/playground`);
    await signInAsDemo();
    await run('acceptInvite');
    expect(service.heard.at(-1)?.variables).toEqual({ secret: 'pad.id.s3cret_-' });
    await close();
  });

  test('says plainly why a sign-in was refused', async () => {
    const { page, close } = await open();
    await page.getByLabel('E-mail').fill('mina@example.com');
    await page.getByLabel('Password').fill('too often');
    await page.locator('form button').click();
    const said = page.locator('.playground-panel [role=alert]');
    expect(await said.innerText()).toBe(
      'RATE_LIMITED: Too many sign-ins were tried. Try again in 30 seconds.',
    );
    await close();
  });

  test('follows the system between light and dark, editors included', async () => {
    const { page, close } = await open({ colorScheme: 'light' });
    const light = await page.evaluate(colours);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForFunction(() => document.querySelector('.monaco-editor.vs-dark'));
    const dark = await page.evaluate(colours);
    expect(light).toEqual({ page: 'rgb(255, 255, 255)', editor: 'vs' });
    expect(dark).toEqual({ page: 'rgb(33, 42, 59)', editor: 'vs-dark' });
    await close();
  });

  test('fits a phone', async () => {
    const { page, run, signInAsDemo, openExample, close } = await open({
      viewport: { width: 390, height: 844 },
    });
    await signInAsDemo();
    await openExample('Create a memo');
    await run('createMemo');
    const editors = await page.locator('.graphiql-editors').boundingBox();
    const answer = await page.locator('.graphiql-response').boundingBox();
    expect(answer?.y).toBeGreaterThanOrEqual((editors?.y ?? 0) + (editors?.height ?? 0));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await close();
  });
});

function fonts() {
  const answer = document.querySelector('.result-window .view-lines');
  const loaded = [...document.fonts].filter(({ status }) => status === 'loaded');
  return {
    loaded: loaded.map(({ family }) => family.replaceAll('"', '')),
    inAnswer: answer && getComputedStyle(answer).fontFamily,
  };
}

function colours() {
  const container = document.querySelector('.graphiql-container');
  const editor = document.querySelector('.graphiql-query-editor .monaco-editor');
  return {
    page: container && getComputedStyle(container).backgroundColor,
    editor: editor?.className.match(/\bvs(-dark)?\b/)?.[0],
  };
}
