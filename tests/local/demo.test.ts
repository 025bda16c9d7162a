import { describe, expect, test } from '@jest/globals';
import type { HttpHandler } from '#domain/viewer/httpMessage.ts';
import { offerDemo } from '#local/demo.ts';
import { openDataFolder } from '#local/folder/dataFolder.ts';
import { useFolders } from '#tests/support/folder.ts';

const makeFolder = useFolders();

/** A gateway at which every request fails with the code; it counts them. */
function failingGateway(code: string) {
  const asked: string[] = [];
  const gateway: HttpHandler = async ({ body }) => {
    asked.push(body);
    const errors = [{ message: 'refused', extensions: { code } }];
    return { status: 200, headers: {}, body: JSON.stringify({ errors }) };
  };
  return { asked, gateway };
}

interface Offer {
  readonly seed?: boolean;
  readonly memory?: boolean;
  readonly seeded?: boolean;
  readonly code?: string;
}

function offer(options: Offer) {
  const { seed, memory = false, seeded, code = 'INTERNAL' } = options;
  const folder = openDataFolder(makeFolder(), { reset: false });
  if (seeded !== undefined) folder.saveSettings({ seeded });
  const said: string[] = [];
  const { asked, gateway } = failingGateway(code);
  const say = (text: string) => said.push(text);
  const demo = offerDemo({ gateway, folder, options: { seed, memory }, say });
  return { demo, folder, said, asked };
}

describe('whether the demo account is written', () => {
  test.each([
    ['a new folder', {}, true],
    ['a new folder, unwanted', { seed: false }, false],
    ['a folder that has it', { seeded: true }, false],
    ['a folder that has it, wanted again', { seeded: true, seed: true }, true],
    ['a folder that was to be without', { seeded: false }, false],
    ['a folder that was to be without, wanted now', { seeded: false, seed: true }, true],
    ['memory, whatever the folder has', { seeded: true, memory: true }, true],
    ['memory, unwanted', { memory: true, seed: false }, false],
  ])('%s', async (_name, options, isWritten) => {
    const { demo, asked } = offer(options);
    await demo.catch(() => {});
    expect(asked.length > 0).toBe(isWritten);
  });
});

test('a folder that was to be without one stays so', async () => {
  const { demo, folder } = offer({ seed: false });
  expect(await demo).toBeUndefined();
  expect(folder.settings.seeded).toBe(false);
});

test('a folder that has one offers it', async () => {
  const { demo } = offer({ seeded: true });
  expect(await demo).toMatchObject({ email: 'demo@memopad.example' });
});

test('an account that got another password is left alone and no longer offered', async () => {
  const { demo, folder, said } = offer({ seeded: true, seed: true, code: 'UNAUTHENTICATED' });
  expect(await demo).toBeUndefined();
  expect(said.at(-1)).toContain('has another password by now');
  expect(folder.settings.seeded).toBe(false);
});

test('any other failure is told, and the next start tries again', async () => {
  const { demo, folder } = offer({ code: 'INTERNAL' });
  await expect(demo).rejects.toMatchObject({ code: 'INTERNAL' });
  expect(folder.settings.seeded).toBeUndefined();
});
