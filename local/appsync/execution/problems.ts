import {
  type FieldNode,
  type GraphQLError,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from 'graphql';
import { FieldError, type FieldProblem } from './fieldError.ts';
import type { AppendedProblem } from './run.ts';

/** One entry of an answer's `errors`, as AppSync writes them. */
export interface AppSyncError {
  readonly path: readonly (string | number)[] | null;
  readonly data?: unknown;
  readonly errorType?: string | null;
  readonly errorInfo?: unknown;
  readonly locations: readonly Location[] | null;
  readonly message: string;
}

interface Location {
  readonly line: number;
  readonly column: number;
  readonly sourceName?: null;
}

type Place = Readonly<{ line: number; column: number }>;

/** Where a field begins in its document. */
export function locate(nodes: readonly FieldNode[]): Place[] {
  const { loc } = nodes[0] ?? {};
  return loc ? [{ line: loc.startToken.line, column: loc.startToken.column }] : [];
}

/** What graphql-js found wrong while it executed. */
export function describeError(error: GraphQLError, schema: GraphQLSchema): AppSyncError {
  const { originalError, path = null, locations } = error;
  if (originalError instanceof FieldError) {
    return describeProblem({
      ...originalError.problem,
      path: path ?? [],
      locations: locations ?? [],
    });
  }
  return {
    path,
    locations: withSource(locations),
    message: describeNull(error, schema) ?? error.message,
  };
}

/** What a resolver said: it has a type and more, if only null. */
export function describeProblem(
  problem: FieldProblem & Pick<AppendedProblem, 'path' | 'locations'>,
): AppSyncError {
  const { path, data, errorType, errorInfo, locations, message } = problem;
  return {
    path,
    data: data ?? null,
    errorType: errorType ?? null,
    errorInfo: errorInfo ?? null,
    locations: withSource(locations),
    message,
  };
}

/** What is wrong before anything is executed has no path. */
export function describeRefusal(
  {
    message,
    locations,
  }: { readonly message: string; readonly locations?: readonly Place[] | undefined },
  errorType?: string,
): AppSyncError {
  return { path: null, locations: withSource(locations), message, ...(errorType && { errorType }) };
}

function withSource(places: readonly Place[] | undefined): Location[] | null {
  return places?.map(({ line, column }) => ({ line, column, sourceName: null })) ?? null;
}

const NULL = /^Cannot return null for non-nullable field (\w+)\.(\w+)\.$/;

/** AppSync's words are graphql-java's. */
function describeNull({ message, path }: GraphQLError, schema: GraphQLSchema): string | undefined {
  const [, parent = '', field = ''] = NULL.exec(message) ?? [];
  const type = schema.getType(parent);
  const found = isObjectType(type) ? type.getFields()[field] : undefined;
  if (!found || !path) return undefined;
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `/${step}`));
  const name = getNamedType(found.type).name;
  return `Cannot return null for non-nullable type: '${name}' within parent '${parent}' (${steps.join('')})`;
}
