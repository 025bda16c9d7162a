/** An HTTP API as its template describes it: AWS::ApiGatewayV2::Api with its stage, routes and integrations. */
export interface HttpApiDefinition {
  readonly apiId: string;
  readonly stage: '$default';
  readonly payloadFormat: '2.0';
  readonly routes: readonly HttpApiRoute[];
  readonly cors?: CorsConfiguration | undefined;
  readonly throttle?: Throttle | undefined;
  /** A line with `$context` variables; nothing is logged when left out. */
  readonly accessLogFormat?: string | undefined;
  /** What the functions' permissions say. @param sourceArn `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>` */
  mayInvoke(functionArn: string, sourceArn: string): boolean;
}

export interface HttpApiRoute {
  /** `GET /memos/{id}`, `ANY /{proxy+}` or `$default`. */
  readonly routeKey: string;
  readonly functionArn: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-apigatewayv2-api-cors.html */
export interface CorsConfiguration {
  readonly allowOrigins?: readonly string[] | undefined;
  readonly allowMethods?: readonly string[] | undefined;
  readonly allowHeaders?: readonly string[] | undefined;
  readonly exposeHeaders?: readonly string[] | undefined;
  readonly allowCredentials?: boolean | undefined;
  /** Seconds. */
  readonly maxAge?: number | undefined;
}

export interface Throttle {
  /** Requests a second, on average. */
  readonly rate: number;
  /** Requests at once. */
  readonly burst: number;
}
