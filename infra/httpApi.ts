import { Duration, RemovalPolicy } from 'aws-cdk-lib';
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
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Stage } from './stages.ts';

export interface Route {
  readonly path: string;
  readonly methods: readonly HttpMethod[];
  readonly to: LambdaFunction;
}

/** An HTTP API with throttling, access logs and CORS; routes are added when their functions are there. */
export function makeHttpApi(scope: Construct, id: string, stage: Stage): HttpApi {
  const api = new HttpApi(scope, id, {
    createDefaultStage: false,
    corsPreflight: {
      allowOrigins: [...stage.allowedOrigins],
      allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST],
      allowHeaders: ['authorization', 'content-type', 'x-request-id', 'apollo-require-preflight'],
      exposeHeaders: ['x-request-id', 'retry-after'],
      maxAge: Duration.hours(1),
    },
  });
  const logs = new LogGroup(scope, `${id}AccessLogs`, {
    retention: stage.logRetentionDays as RetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
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
