import type { Throttle } from '#local/cloud/httpApi/definition.ts';

/** A WebSocket API as its template describes it: AWS::ApiGatewayV2::Api with its stage, routes and integrations. */
export interface WebSocketApiDefinition {
  readonly apiId: string;
  /** The first and only segment of the path clients connect to. */
  readonly stage: string;
  /** The member of a message that names its route: `type` for `$request.body.type`. */
  readonly routedBy: string;
  readonly routes: readonly WebSocketRoute[];
  readonly throttle: Throttle;
  /** A line with `$context` variables; nothing is logged when left out. */
  readonly accessLogFormat?: string | undefined;
  /** What the functions' permissions say. @param sourceArn `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<route>` */
  mayInvoke(functionArn: string, sourceArn: string): boolean;
}

export interface WebSocketRoute {
  /** `$connect`, `$disconnect`, `$default`, or what messages name. */
  readonly routeKey: string;
  readonly functionArn: string;
  /** Whether it has a route response: then the body the function answers with is sent to the client. */
  readonly answers: boolean;
}
