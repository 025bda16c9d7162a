/** What the gateway sends a subgraph, in-process, over HTTP or by Lambda Invoke alike. */
export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
  /** The viewer's `Authorization` header as it came; the subgraph verifies it again. */
  readonly authorization?: string | undefined;
  readonly client: ClientInfo;
  /** Names the request in every log line it causes. */
  readonly requestId: string;
}

/** Where a request came from, as the outermost server saw it. */
export interface ClientInfo {
  readonly sourceIp: string;
  readonly userAgent?: string | undefined;
}

/** A GraphQL response (GraphQL specification, section 7.1). */
export interface SubgraphResponse {
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors?: readonly SubgraphError[] | undefined;
}

export interface SubgraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** A subgraph as the gateway sees it. Resolves even when the operation failed; rejects only when the subgraph is out of reach. */
export type Subgraph = (request: SubgraphRequest) => Promise<SubgraphResponse>;

/** Whether what a subgraph sent can be a GraphQL response: from another process anything may come. */
export function isSubgraphResponse(value: unknown): value is SubgraphResponse {
  if (!isObject(value) || !('data' in value || 'errors' in value)) return false;
  const { errors } = value as { readonly errors?: unknown };
  return errors == null || (Array.isArray(errors) && errors.every(isSubgraphError));
}

function isSubgraphError(value: unknown): value is SubgraphError {
  if (!isObject(value) || !('message' in value) || typeof value.message !== 'string') return false;
  return !('path' in value) || value.path == null || Array.isArray(value.path);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
