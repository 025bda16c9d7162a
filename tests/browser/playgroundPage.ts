import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { SHELVES } from '#web/playground/examples/shelves.ts';

/** The playground open in a context of its own, with what it did on the way. */
export interface PlaygroundPage {
  readonly page: Page;
  /** Every request to anything but `origin`. */
  readonly foreignRequests: readonly string[];
  /** Errors on the console, uncaught ones included. */
  readonly complaints: readonly string[];
  /** Runs the operation in the editor and gives the answer once it contains `text`. */
  run(text: string): Promise<string>;
  signInAsDemo(): Promise<void>;
  /** Picks the example of that title in the panel, and waits until it is in the editor. */
  openExample(title: string): Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions extends BrowserContextOptions {
  readonly origin: string;
  readonly path?: string;
}

/** Opens the page and waits until its editors are there. */
export async function openPlayground(
  browser: Browser,
  { origin, path = '/playground', ...options }: OpenOptions,
): Promise<PlaygroundPage> {
  const context = await browser.newContext({ locale: 'ko-KR', ...options });
  const foreignRequests: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin) foreignRequests.push(url.href);
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(origin + path);
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  return {
    page,
    foreignRequests,
    complaints,
    run: (text) => run(page, text),
    async signInAsDemo() {
      await page.getByRole('button', { name: 'Sign in as demo' }).click();
      await page.getByRole('button', { name: 'Sign out' }).waitFor();
    },
    openExample: (title) => openExample(page, title),
    close: () => context.close(),
  };
}

async function openExample(page: Page, title: string): Promise<void> {
  const show = page.getByRole('button', { name: 'Show Examples' });
  if ((await show.count()) > 0) await show.click();
  await page.locator('.playground-example', { hasText: title }).click();
  const examples = SHELVES.flatMap((shelf) => shelf.examples);
  const { operation = '' } = examples.find((example) => example.title === title) ?? {};
  const name = /(?:query|mutation|subscription) (\w+)/.exec(operation)?.[1] ?? 'an unknown example';
  await page.locator('.graphiql-tab-active', { hasText: name }).waitFor();
}

/** The answer is read from Monaco's model: on the screen stand only the lines that fit. */
async function run(page: Page, text: string): Promise<string> {
  const answer = await page.evaluateHandle(() => {
    const { __MONACO: monaco } = globalThis as unknown as { __MONACO: Monaco };
    const models = monaco.editor.getModels();
    return models.find(({ uri }) => uri.path.endsWith('response.json')) as Model;
  });
  await answer.evaluate((model) => model.setValue(''));
  await page.getByRole('button', { name: 'Execute query' }).click();
  await page.waitForFunction(([model, wanted]) => model.getValue().includes(wanted), [
    answer,
    text,
  ] as const);
  return answer.evaluate((model) => model.getValue());
}

/** What GraphiQL leaves of Monaco on the page for others. */
interface Monaco {
  readonly editor: { getModels(): readonly Model[] };
}

interface Model {
  readonly uri: { readonly path: string };
  getValue(): string;
  setValue(text: string): void;
}
