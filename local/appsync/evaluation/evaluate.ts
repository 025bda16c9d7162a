import { CodeError } from '#local/appsync/sandbox/codeError.ts';
import type { Outcome, Position } from '#local/appsync/sandbox/outcome.ts';
import type { Handlers, Sandbox } from '#local/appsync/sandbox/sandbox.ts';
import { AwsError } from '#local/cloud/awsError.ts';

/** A request of EvaluateCode, before anybody has looked at it. */
export interface EvaluationInput {
  readonly runtime?: { readonly name?: unknown; readonly runtimeVersion?: unknown };
  readonly code?: unknown;
  /** `ctx` as JSON text. */
  readonly context?: unknown;
  /** `request` (what runs when it is left out, too) or `response`. */
  readonly function?: unknown;
}

/** All but `error` and `logs` are JSON texts. */
export interface Evaluation {
  readonly evaluationResult?: string;
  readonly error?: { readonly message: string; readonly codeErrors: readonly CodeErrorDetail[] };
  readonly logs: readonly string[];
  readonly stash?: string;
  readonly outErrors?: string;
}

interface CodeErrorDetail {
  readonly errorType: string;
  readonly value: string;
  readonly location: { readonly line: number; readonly column: number; readonly span: number };
}

/** What AppSync would refuse in a code; lines from 1, columns from 0. */
export type CheckCode = (code: string) => readonly Problem[];

interface Problem {
  readonly line: number;
  readonly column: number;
  readonly what: string;
  readonly why: string;
}

export interface EvaluateOptions {
  readonly sandbox: Pick<Sandbox, 'load'>;
  readonly check?: CheckCode | undefined;
}

/** https://docs.aws.amazon.com/appsync/latest/APIReference/API_EvaluateCode.html#API_EvaluateCode_RequestBody */
const MAX_CODE_CHARACTERS = 32_768;
const MAX_CONTEXT_CHARACTERS = 28_000;
const NAMES = ['request', 'response'] as const;
const UNKNOWN_SPAN = -1;

/** @throws AwsError BadRequestException for a request that isn't one */
export function evaluate(input: EvaluationInput, options: EvaluateOptions): Evaluation {
  const { code, context, name } = read(input);
  try {
    const handlers = options.sandbox.load(code);
    const problems = options.check?.(code) ?? [];
    return problems.length > 0
      ? refused(problems.map(lintError))
      : describe(run(handlers, name, context));
  } catch (error) {
    if (!(error instanceof CodeError)) throw error;
    return refused([detail('PARSER_ERROR', `Parsing error: ${error.message}`, error.position)]);
  }
}

function run(handlers: Handlers, name: (typeof NAMES)[number], context: object): Outcome {
  return handlers.run(name, { arguments: {}, stash: {}, ...context }, authTypeOf(context));
}

function read({ runtime, code, context, function: name = 'request' }: EvaluationInput) {
  if (runtime?.name !== 'APPSYNC_JS' || runtime.runtimeVersion !== '1.0.0')
    throw badRequest('Expected the runtime APPSYNC_JS 1.0.0.');
  if (typeof code !== 'string' || code === '' || code.length > MAX_CODE_CHARACTERS)
    throw badRequest(`Expected code of 1 to ${MAX_CODE_CHARACTERS} characters.`);
  const found = NAMES.find((one) => one === name);
  if (!found) throw badRequest('Expected the function request or response.');
  return { code, context: readContext(context), name: found };
}

function readContext(text: unknown): object {
  if (typeof text !== 'string' || text.length > MAX_CONTEXT_CHARACTERS)
    throw badRequest(`Expected a context of 2 to ${MAX_CONTEXT_CHARACTERS} characters.`);
  try {
    const context: unknown = JSON.parse(text);
    if (typeof context === 'object' && context !== null && !Array.isArray(context)) return context;
  } catch {
    // Said below.
  }
  throw badRequest('Expected the context to be a JSON object.');
}

function badRequest(message: string): AwsError {
  return new AwsError('BadRequestException', message);
}

/** What an identity looks like tells how it came to be. */
function authTypeOf(context: object): string {
  const { identity } = context as { readonly identity?: object | null };
  if (!identity) return 'API Key Authorization';
  if ('userArn' in identity) return 'IAM Authorization';
  return 'username' in identity ? 'User Pool Authorization' : 'Open ID Connect Authorization';
}

function describe({ value, early, error, logs, stash, outErrors }: Outcome): Evaluation {
  const left = { logs, stash: JSON.stringify(stash ?? {}), outErrors: JSON.stringify(outErrors) };
  if (!error) return { evaluationResult: JSON.stringify(early ? early.value : value), ...left };
  const { kind, message, position } = error;
  const codeErrors = kind === 'code' ? [detail('RUNTIME_ERROR', message, position)] : [];
  return { error: { message, codeErrors }, ...left };
}

function refused(codeErrors: readonly CodeErrorDetail[]): Evaluation {
  const [first] = codeErrors;
  return { error: { message: first?.value ?? '', codeErrors }, logs: [] };
}

function lintError({ line, column, what, why }: Problem): CodeErrorDetail {
  return detail('LINT_ERROR', `${what}: ${why}`, { line, column: column + 1 });
}

function detail(errorType: string, value: string, position?: Position): CodeErrorDetail {
  const { line, column } = position ?? { line: 0, column: 0 };
  return { errorType, value, location: { line, column, span: UNKNOWN_SPAN } };
}
