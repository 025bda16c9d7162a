import vm from 'node:vm';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { RandomBytes } from '#domain/viewer/ulid.ts';
import { BUILTINS } from './builtins.ts';
import { GUEST } from './guest.ts';
import { CODE_FILE, positionIn } from './logLine.ts';
import type { Outcome, Position } from './outcome.ts';
import { type Run, startRun } from './run.ts';
import { HEAD, toScript } from './toScript.ts';
import { createUtilities, type Utilities } from './utilities.ts';

/** The world outside the sandbox: what the utilities need of it. */
export interface SandboxHost {
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  /** Gets what handlers write to `console`. */
  readonly log: Log;
  /** Where a place of a bundled code comes from, if that is known. */
  readonly findSource?: ((code: string, position: Position) => string | undefined) | undefined;
}

/** Runs APPSYNC_JS. It keeps nothing from one call to the next. For code of our own: fidelity, not security. */
export interface Sandbox {
  /** @throws CodeError when the code can't be read */
  load(code: string): Handlers;
}

export interface Handlers {
  /**
   * Runs one handler. Never throws: faults of the code are outcomes.
   * @param context what the handler sees as `ctx`, `args` excepted; only what JSON can hold gets in
   * @param authType what `util.authType()` says: `Open ID Connect Authorization`
   */
  run(name: 'request' | 'response', context: object, authType: string): Outcome;
}

type Invoke = (script: unknown, name: string, contextText: string) => string;

const MODULES = {
  '@aws-appsync/utils': '',
  '@aws-appsync/utils/dynamodb': 'dynamodb',
};

export function createSandbox(host: SandboxHost): Sandbox {
  const context = vm.createContext(Object.create(null), {
    codeGeneration: { strings: false, wasm: false },
  });
  const utilities = createUtilities(host);
  let current = startRun('');
  const guest = new vm.Script(GUEST, { filename: 'guest.js' }).runInContext(context);
  const invoke: Invoke = guest(
    (name: string, callText: string) => callUtility(utilities, current, name, callText),
    tables(context, Object.keys(utilities)),
  );
  return {
    load(code) {
      const options = { filename: CODE_FILE, columnOffset: -HEAD.length };
      const script = new vm.Script(toScript(code), options).runInContext(context);
      return {
        run(name, handlerContext, authType) {
          current = startRun(authType);
          const left = JSON.parse(invoke(script, name, JSON.stringify(handlerContext)));
          const findSource = (position: Position) => host.findSource?.(code, position);
          for (const message of current.logs) {
            const source = findSource(positionIn(message));
            host.log({ level: 'info', message, ...(source && { source }) });
          }
          return outcome(current, left, findSource);
        },
      };
    },
  };
}

/** The tables as objects of the sandbox: nothing of the host gets in. */
function tables(context: vm.Context, utilities: readonly string[]): unknown {
  const text = JSON.stringify({ utilities, modules: MODULES, builtins: BUILTINS });
  return new vm.Script(`(${text})`).runInContext(context);
}

/** @returns `{value}`, `{halt}` or `{fault}`, as text; throws nothing, as the sandbox would get hold of it */
function callUtility(utilities: Utilities, run: Run, name: string, callText: string): string {
  try {
    const { given, position } = JSON.parse(callText);
    const value = utilities[name]?.({ run, position }, ...given);
    return run.halted ? '{"halt":true}' : JSON.stringify({ value });
  } catch (error) {
    return JSON.stringify({ fault: error instanceof Error ? error.message : String(error) });
  }
}

interface Left {
  readonly value?: unknown;
  readonly fault?: { readonly message: string; readonly position: Position | null };
  readonly stash: unknown;
  readonly arguments: unknown;
}

function outcome(
  run: Run,
  { fault, ...left }: Left,
  findSource: (position: Position) => string | undefined,
): Outcome {
  const { outErrors, extensions, headers, logs, halted } = run;
  const said = { ...left, outErrors, extensions, headers, logs };
  if (halted) return { ...said, ...halted };
  if (!fault) return said;
  const { message, position } = fault;
  const error = { message, errorType: 'Code', data: null, errorInfo: null };
  const source = position && findSource(position);
  const place = { ...(position && { position }), ...(source && { source }) };
  return { ...said, error: { ...error, kind: 'code', ...place } };
}
