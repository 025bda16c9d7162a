import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findEngine, startEngine } from '#local/engine.ts';
import { readEndpoints } from '#local/folder/endpoints.ts';
import { lockHolder } from '#local/folder/lock.ts';
import { readSettings } from '#local/folder/settings.ts';
import { takeGivenEngine } from '#local/givenEngine.ts';
import { describePortHolder } from '#local/portHolder.ts';
import { isFree } from '#local/ports.ts';
import { wishPorts } from '#local/wishedPorts.ts';

const CODEGEN = 'node_modules/@graphql-codegen/cli/cjs/bin.js';

export interface Finding {
  readonly ok: boolean;
  /** What is there, or what is missing. */
  readonly what: string;
  /** How to get what is missing. */
  readonly remedy?: string;
}

/** Looks at everything `npm start` needs beyond Node and the packages, one thing after the other. */
export async function* examine(dataDir: string): AsyncGenerator<Finding> {
  yield await examineEngine();
  yield examineFolder(dataDir);
  const running = lockHolder(join(dataDir, 'memopad.lock'));
  if (running === undefined) yield* examinePorts(dataDir);
  else yield tellRunning(dataDir, running);
  yield examineGenerated();
}

async function examineEngine(): Promise<Finding> {
  const { DYNAMODB_ENDPOINT: endpoint } = process.env;
  if (endpoint) return examineEndpoint(endpoint);
  try {
    const program = findEngine();
    const engine = await startEngine();
    await engine.stop();
    return { ok: true, what: `The DynamoDB engine answers: ${program}` };
  } catch (error) {
    return { ok: false, what: 'A DynamoDB engine that answers', remedy: messageOf(error) };
  }
}

async function examineEndpoint(endpoint: string): Promise<Finding> {
  try {
    await takeGivenEngine(endpoint);
    return { ok: true, what: `DynamoDB answers at DYNAMODB_ENDPOINT ${endpoint}` };
  } catch (error) {
    const what = `An answer from DYNAMODB_ENDPOINT ${endpoint}`;
    return { ok: false, what, remedy: messageOf(error) };
  }
}

function examineFolder(dataDir: string): Finding {
  try {
    accessSync(nearestFolder(dataDir), constants.W_OK);
    return { ok: true, what: `The data folder ${dataDir} can be written` };
  } catch {
    const remedy = 'Change its permissions, or start with --data-dir DIR.';
    return { ok: false, what: `A data folder that can be written: ${dataDir}`, remedy };
  }
}

/** The folder itself, or the one in which it would be made. */
function nearestFolder(path: string): string {
  return existsSync(path) ? path : nearestFolder(dirname(path));
}

function tellRunning(dataDir: string, pid: number): Finding {
  const url = readEndpoints(join(dataDir, 'endpoints.json'))?.federated ?? 'starting';
  return { ok: true, what: `Memopad is running: process ${pid}, ${url}` };
}

async function* examinePorts(dataDir: string): AsyncGenerator<Finding> {
  const last = readSettings(join(dataDir, 'memopad.json'))?.ports;
  const wishes = wishPorts({ port: undefined, last, forgetful: false });
  for (const [name, { port, orFree }] of Object.entries(wishes)) {
    if (await isFree(port)) yield { ok: true, what: `Port ${port} is free (${name})` };
    else if (orFree)
      yield { ok: true, what: `Port ${port} is taken: another one will do (${name})` };
    else {
      const remedy = `${describePortHolder(port) ?? 'Another program'} has it: stop that, or start with --port N.`;
      yield { ok: false, what: `Port ${port} (${name})`, remedy };
    }
  }
}

function examineGenerated(): Finding {
  try {
    execFileSync(process.execPath, [CODEGEN, '--check', '--silent'], { stdio: 'pipe' });
    return { ok: true, what: 'The generated files are those of the schema' };
  } catch {
    const what = 'Generated files that fit the schema';
    return { ok: false, what, remedy: 'npm run codegen' };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.replaceAll('\n', '\n    ') : String(error);
}
