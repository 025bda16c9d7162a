import { logLine } from './logLine.ts';
import type { ExtensionName, Position } from './outcome.ts';
import type { Run } from './run.ts';
import type { SandboxHost } from './sandbox.ts';
import { conditionExpression, filterExpression } from './utilities/conditions.ts';
import { copyHeaders, putHeader } from './utilities/headers.ts';
import { createIdentifiers } from './utilities/identifiers.ts';
import { createNumbers } from './utilities/numbers.ts';
import { OPERATIONS } from './utilities/operations.ts';
import { REQUESTS } from './utilities/requests.ts';
import { subscriptionFilter } from './utilities/subscriptionFilter.ts';
import { TEXT } from './utilities/text.ts';
import { createTime } from './utilities/time.ts';
import { VALUES } from './utilities/values.ts';

/** One call of a utility: the run it belongs to, and where in the code it stands. */
export interface Call {
  readonly run: Run;
  readonly position: Position | null;
}

/** By their names: `util.time.nowISO8601`, `dynamodb.get`. They take and give what JSON can hold. */
export type Utilities = Readonly<Record<string, (call: Call, ...given: unknown[]) => unknown>>;

// biome-ignore format: a table
type Plain = Readonly<Record<string, (...given: never[]) => unknown>>;

/** All that APPSYNC_JS has in `util`, `runtime`, `extensions`, `console` and `@aws-appsync/utils/dynamodb`. */
export function createUtilities(host: SandboxHost): Utilities {
  return {
    ...plain('util', { ...TEXT, ...createIdentifiers(host) }),
    ...plain('util.str', { normalize: TEXT.normalize }),
    ...plain('util.time', createTime(host.clock)),
    ...plain('util.math', createNumbers(host.randomBytes)),
    ...plain('util.dynamodb', VALUES),
    ...plain('util.transform', {
      toDynamoDBFilterExpression: (filter: object) => JSON.stringify(filterExpression(filter)),
      toDynamoDBConditionExpression: (condition: object) =>
        JSON.stringify(conditionExpression(condition)),
      toSubscriptionFilter: subscriptionFilter,
    }),
    ...plain('util.http', { copyHeaders }),
    ...plain('dynamodb', REQUESTS),
    ...plain('dynamodb.operations', OPERATIONS),
    ...ofTheRun,
    ...extension('setSubscriptionFilter'),
    ...extension('setSubscriptionInvalidationFilter'),
    ...extension('invalidateSubscriptions'),
    ...extension('evictFromApiCache'),
  };
}

const ofTheRun: Utilities = {
  'util.authType': ({ run }) => run.authType,
  'util.error': ({ run }, ...given) => {
    run.halted = { error: { kind: 'error', ...said(given) } };
  },
  'util.unauthorized': ({ run }) => {
    run.halted = { error: { kind: 'unauthorized', ...said(['Unauthorized', 'Unauthorized']) } };
  },
  'util.appendError': ({ run }, ...given) => {
    run.outErrors.push(said(given));
  },
  'util.http.addResponseHeader': ({ run }, name, value) =>
    putHeader(run.headers, String(name), value),
  'util.http.addResponseHeaders': ({ run }, headers) => {
    for (const [name, value] of Object.entries(headers ?? {})) putHeader(run.headers, name, value);
  },
  'runtime.earlyReturn': ({ run }, value, options) => {
    const { skipTo } = (options ?? {}) as { readonly skipTo?: unknown };
    run.halted = { early: { value: value ?? null, skipTo: skipTo === 'END' ? 'END' : 'NEXT' } };
  },
  'console.log': ({ run, position }, ...given) => {
    run.logs.push(logLine('INFO', position, given));
  },
  'console.error': ({ run, position }, ...given) => {
    run.logs.push(logLine('ERROR', position, given));
  },
};

function said([message, errorType, data, errorInfo]: readonly unknown[]) {
  return {
    message: message == null ? '' : String(message),
    errorType: errorType == null ? null : String(errorType),
    data: data ?? null,
    errorInfo: errorInfo ?? null,
  };
}

function extension(name: ExtensionName): Utilities {
  return {
    [`extensions.${name}`]: ({ run }, ...given) => {
      run.extensions.push({ name, given });
    },
  };
}

function plain(path: string, functions: Plain): Utilities {
  const entries = Object.entries(functions).map(([name, utility]) => {
    const called = utility as (...given: unknown[]) => unknown;
    return [`${path}.${name}`, (_: Call, ...given: unknown[]) => called(...given)] as const;
  });
  return Object.fromEntries(entries);
}
