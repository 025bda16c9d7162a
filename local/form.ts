import type { Log } from '#domain/log.ts';
import type { HttpHandler } from '#domain/viewer/httpMessage.ts';
import type { Cleanup } from './cleanup.ts';
import type { DataFolder } from './folder/dataFolder.ts';
import type { Ports } from './folder/settings.ts';
import type { StartOptions } from './options.ts';
import type { AppSyncPlace } from './playground.ts';
import type { Surroundings } from './start.ts';

/** How Memopad runs: as its templates say, or in one process. */
export type OpenForm = (options: FormOptions) => Promise<Form>;

export interface FormOptions {
  readonly options: StartOptions;
  readonly surroundings: Surroundings;
  readonly folder: DataFolder;
  readonly log: Log;
  /** Gets what must be closed again. */
  readonly cleanup: Cleanup;
}

/** Everything that was started, in either form. */
export interface Form {
  /** Where the gateway and the auth service are reached: URLs without a trailing slash. */
  readonly gatewayUrl: string;
  readonly issuer: string;
  /** Where clients connect for live changes: `ws://…`. */
  readonly socketUrl: string;
  /** The AppSync door; one process has none. */
  readonly appSync?: AppSyncPlace | undefined;
  /** The engine's own API, which asks for no rights. */
  readonly dynamodb: string;
  /** For the next start. */
  readonly ports: Ports;
  /** Asks the gateway, also before it is open to others. */
  readonly gateway: HttpHandler;
  /** Answers everybody from now on; the playground offers the demo account, if there is one. */
  open(demo: DemoAccount | undefined): void;
  /** Resolves, with why, when it can't go on. */
  readonly failed: Promise<string>;
  /** Runs the new code of the bundles named from now on, and of all when left out: only where there are functions. */
  replaceCode?(bundles?: readonly string[]): Promise<void>;
}

export interface DemoAccount {
  readonly email: string;
  readonly password: string;
}
