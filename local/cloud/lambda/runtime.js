/**
 * What runs inside an execution environment: loads the handler and answers one event at a time, as
 * the Node.js 24 runtime of Lambda does (https://github.com/aws/aws-lambda-nodejs-runtime-interface-client,
 * version 4). A worker thread starts this very file, so it is plain JavaScript and imports nothing of ours.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';

/** In the order the runtime looks for a handler's file. */
const EXTENSIONS = ['', '.js', '.mjs', '.cjs'];
const CONSOLE_LEVELS = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  log: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
};

const CALLBACKS_ENDED =
  'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.';

let requestId;

captureOutput();
await start(workerData);

async function start({ folder, handler: name }) {
  try {
    const handler = await loadHandler(folder, name);
    parentPort.on('message', (invocation) => answer(handler, invocation));
    parentPort.postMessage({ kind: 'READY' });
  } catch (error) {
    console.error('Init Error', inOneLine(error));
    parentPort.postMessage({ kind: 'FAILED_TO_START', payload: JSON.stringify(describe(error)) });
  }
}

async function loadHandler(folder, name) {
  const { file, path } = splitName(name);
  const module = await loadModule(join(folder, dirname(name)), file);
  const handler = follow(module, path) ?? follow(module.default, path);
  if (!handler) throw named('HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof handler !== 'function') {
    throw named('HandlerNotFound', `${name} is not a function`);
  }
  // Node.js 24 ended callbacks; it recognizes them by a third parameter, whatever that is used for.
  if (handler.length >= 3) throw named('CallbackHandlerDeprecated', CALLBACKS_ENDED);
  return handler;
}

/** `folder/index.a.handler` → `index` and `a.handler`. */
function splitName(name) {
  const match = /^([^.]*)\.(.+)$/.exec(basename(name));
  if (name.includes('..') || !match) {
    throw named('MalformedHandlerName', `'${name}' is not a valid handler name.`);
  }
  return { file: match[1], path: match[2] };
}

async function loadModule(folder, file) {
  try {
    for (const extension of EXTENSIONS) {
      const path = join(folder, file + extension);
      if (existsSync(path)) return await import(pathToFileURL(path).href);
    }
    const require = createRequire(join(folder, 'index.js'));
    return require(require.resolve(file, { paths: [folder] }));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw Object.assign(named('UserCodeSyntaxError', String(error)), { stack: error.stack });
    }
    if (error?.code === 'MODULE_NOT_FOUND') throw named('ImportModuleError', String(error));
    throw error;
  }
}

function follow(start, path) {
  return path.split('.').reduce((found, key) => found?.[key], start);
}

async function answer(handler, invocation) {
  requestId = invocation.requestId;
  process.env._X_AMZN_TRACE_ID = invocation.traceId;
  const event = parse(invocation.payload);
  if (event instanceof Error) {
    parentPort.postMessage({ kind: 'INVALID_EVENT', message: event.message });
    return;
  }
  try {
    const payload = serialize(await handler(event.value, contextOf(invocation)));
    await nextTurn();
    parentPort.postMessage({ kind: 'SUCCEEDED', payload });
  } catch (error) {
    await nextTurn();
    console.error('Invoke Error', inOneLine(error));
    parentPort.postMessage({ kind: 'FAILED', payload: JSON.stringify(describe(error)) });
  }
}

function parse(payload) {
  try {
    return { value: JSON.parse(payload) };
  } catch (error) {
    return error;
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function contextOf({ requestId: awsRequestId, deadlineMs, functionArn }) {
  const { env } = process;
  return {
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: undefined,
    identity: undefined,
    invokedFunctionArn: functionArn,
    awsRequestId,
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  };
}

function serialize(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch {
    throw named('JSONStringifyError', 'Unable to stringify response body');
  }
}

/** The runtime lets one turn pass before it answers: a promise nobody awaited and that was rejected fails the invocation. */
function nextTurn() {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** What a caller sees of an error. */
function describe(error) {
  if (!(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  const { name: errorType, message: errorMessage, stack = '' } = error;
  return { errorType, errorMessage, trace: stack.split('\n') };
}

/** What the log sees of an error: also the fields it carries. */
function inOneLine(error) {
  try {
    return JSON.stringify(error, (_key, value) => withStack(value));
  } catch {
    return JSON.stringify(describe(error));
  }
}

function withStack(value) {
  if (!(value instanceof Error)) return value;
  const { name: errorType, message: errorMessage, code, stack = '' } = value;
  return { errorType, errorMessage, code, ...value, stack: stack.split('\n') };
}

function named(name, message) {
  return Object.assign(new Error(message), { name: `Runtime.${name}` });
}

/** On the same channel as the answers, so that an invocation's lines come before its answer. */
function captureOutput() {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk, encoding, callback) => {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      parentPort.postMessage({ kind: 'LOG', text });
      const done = typeof encoding === 'function' ? encoding : callback;
      if (done) process.nextTick(done);
      return true;
    };
  }
  process.on('warning', (warning) => console.warn(String(warning)));
  for (const [method, level] of Object.entries(CONSOLE_LEVELS)) {
    console[method] = (...values) => {
      const line = [new Date().toISOString(), requestId, level, format(...values)].join('\t');
      // One entry of a log is one line, as CloudWatch shows it.
      process.stdout.write(`${line.replaceAll('\n', '\r')}\n`);
    };
  }
}
