import type { ClientInfo } from '#domain/viewer/subgraphRequest.ts';
import type { ResponseMediaType } from './mediaType.ts';

/** What the parts of the gateway share of one request. */
export interface GatewayContext {
  readonly requestId: string;
  /** The viewer's `Authorization` header, which every subgraph verifies again. */
  readonly authorization: string | undefined;
  readonly client: ClientInfo;
  /** A GET request may only read. */
  readonly readOnly: boolean;
  readonly mediaType: ResponseMediaType;
  readonly trace: RequestTrace;
}

/** What becomes known of a request on its way, for its log line. */
export interface RequestTrace {
  operationName?: string | undefined;
  operationType?: string | undefined;
  errorCodes?: readonly string[] | undefined;
  userId?: string | undefined;
  /** Whether the response got its final errors and status; unset, Apollo Server failed on its way. */
  isFinished?: boolean;
}
