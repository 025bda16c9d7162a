import type { HttpHandler } from '#domain/viewer/httpMessage.ts';
import type { DataFolder } from './folder/dataFolder.ts';
import type { StartOptions } from './options.ts';
import { ApiError } from './seed/client.ts';
import { DEMO } from './seed/content.ts';
import { seed } from './seed/seed.ts';

export interface DemoOptions {
  readonly gateway: HttpHandler;
  readonly folder: DataFolder;
  readonly options: Pick<StartOptions, 'seed' | 'memory'>;
  readonly say: (text: string) => void;
}

/** Writes the demo account when it was asked for, or when the folder is new. @returns how to sign in, if there is one */
export async function offerDemo(demo: DemoOptions): Promise<typeof DEMO | undefined> {
  const { folder, options } = demo;
  const { memory } = options;
  const before = memory ? undefined : folder.settings.seeded;
  const isWanted = options.seed ?? before === undefined;
  const seeded = isWanted ? await trySeed(demo) : before === true;
  if (!memory && seeded !== before) folder.saveSettings({ ...folder.settings, seeded });
  return seeded ? DEMO : undefined;
}

async function trySeed({ gateway, say }: DemoOptions): Promise<boolean> {
  say('Writing the demo account and its memos …');
  try {
    await seed(gateway);
    return true;
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'UNAUTHENTICATED') throw error;
    say('The demo account has another password by now, so it stays as it is.');
    return false;
  }
}
