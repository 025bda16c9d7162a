import { existsSync, readFileSync } from 'node:fs';
import { StartError } from '#local/startError.ts';
import { writeAtomically } from './writeAtomically.ts';

/** Grows when older versions of Memopad could not read a data folder any more. */
const FORMAT = 1;
const MAX_PORT = 65_535;

export interface Ports {
  readonly gateway: number;
  readonly auth: number;
  readonly socket: number;
  /** Of the AppSync door, which one process doesn't have. */
  readonly appsync?: number | undefined;
}

/** Data folders of former versions have none for the socket. */
export type KeptPorts = Omit<Ports, 'socket'> & Partial<Pick<Ports, 'socket'>>;

/** What the next start must know. The file also says that the folder is ours. */
export interface Settings {
  /** The ports of the last start: clients and the tokens' issuer rely on them. */
  readonly ports?: KeptPorts | undefined;
  /** Whether the demo account was written; nobody was asked yet when left out. */
  readonly seeded?: boolean | undefined;
}

/** Undefined when there is no such file. @throws StartError when it isn't what we wrote. */
export function readSettings(file: string): Settings | undefined {
  if (!existsSync(file)) return undefined;
  const { format, ports: found, seeded } = parse(file);
  if (format !== FORMAT) {
    throw new StartError(
      `Expected ${file} to have format ${FORMAT}, got ${JSON.stringify(format)}: a newer Memopad wrote it.`,
    );
  }
  const ports = portsIn(found);
  return { ...(ports && { ports }), ...(typeof seeded === 'boolean' && { seeded }) };
}

export function writeSettings(file: string, settings: Settings): void {
  writeAtomically(file, `${JSON.stringify({ format: FORMAT, ...settings }, null, 2)}\n`);
}

function parse(file: string): { format?: unknown; ports?: unknown; seeded?: unknown } {
  try {
    return Object(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new StartError(
      `Expected ${file} to be JSON. Put it back, or write {"format":1} into it: then the ports are chosen anew.`,
    );
  }
}

/** Former versions kept the engine's port too: it isn't asked for any more. */
function portsIn(value: unknown): KeptPorts | undefined {
  const { gateway, auth, socket, appsync } = Object(value);
  if (!isPort(gateway) || !isPort(auth)) return undefined;
  return {
    gateway,
    auth,
    ...(isPort(socket) && { socket }),
    ...(isPort(appsync) && { appsync }),
  };
}

const isPort = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) > 0 && Number(value) <= MAX_PORT;
