/** A query that the live service has run through the gateway, with what it may read said by a watch token. */
export interface GatewayRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The pad whose changes are read: the watch token is for this one alone. */
  readonly padId: string;
  readonly requestId: string;
}

/** A GraphQL response (GraphQL specification, section 7.1). */
export interface GatewayAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors?: readonly GatewayError[] | undefined;
}

export interface GatewayError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** Runs a query through the gateway. @throws GatewayOutOfReach when it gave no GraphQL response. */
export type AskGateway = (request: GatewayRequest) => Promise<GatewayAnswer>;
