import { Duration } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CorsHttpMethod,
  HttpApi,
  type HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { accept } from './accept.ts';
import { makeLogs } from './logs.ts';
import { nameOf } from './names.ts';
import type { Stage } from './stages.ts';

export interface HttpApiOptions {
  readonly stage: Stage;
  /** What it is called behind `memopad-<stage>-`. */
  readonly name: string;
}

export interface Route {
  readonly path: string;
  readonly methods: readonly HttpMethod[];
  readonly to: LambdaFunction;
}

/** What a page may send beside what every page may: ours, and what GraphQL clients send by themselves. */
export const ALLOWED_HEADERS = [
  'authorization',
  'content-type',
  'x-request-id',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'apollographql-client-name',
  'apollographql-client-version',
];

/** An HTTP API with throttling, access logs and CORS; its routes follow when their functions are there. */
export function makeHttpApi(scope: Construct, id: string, options: HttpApiOptions): HttpApi {
  const { stage, name } = options;
  const apiName = nameOf(stage, name);
  const api = new HttpApi(scope, id, {
    apiName,
    createDefaultStage: false,
    corsPreflight: {
      allowOrigins: [...stage.allowedOrigins],
      allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST],
      allowHeaders: ALLOWED_HEADERS,
      exposeHeaders: ['x-request-id', 'retry-after'],
      maxAge: Duration.hours(2),
    },
  });
  // This prefix keeps the log's resource policy short, which may hold 5,120 characters:
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
  const logs = makeLogs(scope, `${id}AccessLogs`, `/aws/vendedlogs/apis/${apiName}`, stage);
  new HttpStage(scope, `${id}Stage`, {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: stage.throttle.rate, burstLimit: stage.throttle.burst },
    accessLogSettings: {
      destination: new LogGroupLogDestination(logs),
      format: AccessLogFormat.custom(ACCESS_LOG_LINE),
    },
  });
  accept(
    api,
    'AwsSolutions::AwsSolutions-APIG4',
    'Functions verify access tokens themselves: some operations, the keys and sign-in take none.',
  );
  return api;
}

/** One line a request, without headers, query string or body: none of them may show up in a log. */
const ACCESS_LOG_LINE = JSON.stringify({
  time: '$context.requestTimeEpoch',
  requestId: '$context.requestId',
  sourceIp: '$context.identity.sourceIp',
  route: '$context.routeKey',
  status: '$context.status',
  ms: '$context.responseLatency',
  integrationError: '$context.integrationErrorMessage',
});

export function addRoutes(api: HttpApi, routes: readonly Route[]): void {
  for (const { path, methods, to } of routes) {
    const integration = new HttpLambdaIntegration(`${to.node.id}Integration`, to);
    api.addRoutes({ path, methods: [...methods], integration });
  }
}
