import { type CfnElement, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccessLogFormat, CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { LogGroupLogDestination, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { accept } from './accept.ts';
import { allow } from './function.ts';
import { makeLogs } from './logs.ts';
import { nameOf } from './names.ts';
import type { Stage } from './stages.ts';

export interface SocketApiOptions {
  readonly stage: Stage;
  /** What it is called behind `memopad-<stage>-`. */
  readonly name: string;
  /** The path of its one stage: `wss://<api>.execute-api.<region>.amazonaws.com/<path>`. */
  readonly path: string;
}

export interface SocketApi {
  readonly api: WebSocketApi;
  /** Where clients connect: `wss://…`. */
  readonly url: string;
  /** Where connections are posted to and closed: `https://…`. */
  readonly managementEndpoint: string;
  /** Lets a function use the management endpoint in these ways: post to connections, read about them, close them. */
  allowConnections(to: LambdaFunction, methods: readonly ('POST' | 'GET' | 'DELETE')[]): void;
}

/** Messages are routed by their `type`, as graphql-transport-ws names it. */
const BY_TYPE = '$request.body.type';

/** A WebSocket API with throttling and access logs; its routes follow when their function is there. */
export function makeSocketApi(scope: Construct, id: string, options: SocketApiOptions): SocketApi {
  const { stage, name, path } = options;
  const apiName = nameOf(stage, name);
  const api = new WebSocketApi(scope, id, { apiName, routeSelectionExpression: BY_TYPE });
  const logs = makeLogs(scope, `${id}AccessLogs`, `/aws/vendedlogs/apis/${apiName}`, stage);
  const made = new WebSocketStage(scope, `${id}Stage`, {
    webSocketApi: api,
    stageName: path,
    autoDeploy: true,
    throttle: { rateLimit: stage.throttle.rate, burstLimit: stage.throttle.burst },
    accessLogSettings: {
      destination: new LogGroupLogDestination(logs),
      format: AccessLogFormat.custom(ACCESS_LOG_LINE),
    },
  });
  made.node.addDependency(letApiGatewayLog(scope, `${id}LogWriter`));
  accept(
    api,
    'AwsSolutions::AwsSolutions-APIG4',
    'A browser can send no header when it connects: the token comes in connection_init.',
  );
  return {
    api,
    url: made.url,
    managementEndpoint: made.callbackUrl,
    allowConnections(to, methods) {
      for (const method of methods) allowConnections(to, api, `${path}/${method}/@connections/*`);
    },
  };
}

/** @param resource behind the API's id in an ARN */
function allowConnections(to: LambdaFunction, api: WebSocketApi, resource: string): void {
  const stack = Stack.of(api);
  const arn = stack.formatArn({
    service: 'execute-api',
    resource: api.apiId,
    resourceName: resource,
  });
  allow(to, ['execute-api:ManageConnections'], [arn]);
  const apiId = stack.getLogicalId(api.node.defaultChild as CfnElement);
  const where = `arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<${apiId}>`;
  accept(
    to.role ?? to,
    `AwsSolutions::AwsSolutions-IAM5[Resource::${where}/${resource}]`,
    'Connections come and go, and each is named by API Gateway.',
  );
}

/** One line a connection, message or end of a connection, without what was said. */
const ACCESS_LOG_LINE = JSON.stringify({
  time: '$context.requestTimeEpoch',
  requestId: '$context.requestId',
  connectionId: '$context.connectionId',
  sourceIp: '$context.identity.sourceIp',
  route: '$context.routeKey',
  event: '$context.eventType',
  status: '$context.status',
  ms: '$context.integrationLatency',
  integrationError: '$context.integrationErrorMessage',
});

/**
 * WebSocket APIs log with a role that an account has one of, for all APIs of a region; HTTP APIs need
 * none. It stays when the stack goes: others of the account may log with it by then.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
function letApiGatewayLog(scope: Construct, id: string): CfnAccount {
  const role = new Role(scope, id, {
    assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(LOG_POLICY)],
  });
  role.applyRemovalPolicy(RemovalPolicy.RETAIN);
  accept(
    role,
    `AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${LOG_POLICY}]`,
    "API Gateway refuses a role that may do less than this policy of AWS's says.",
  );
  const account = new CfnAccount(scope, `${id}Account`, { cloudWatchRoleArn: role.roleArn });
  account.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return account;
}

const LOG_POLICY = 'service-role/AmazonAPIGatewayPushToCloudWatchLogs';

export interface SocketRoute {
  /** `$connect`, `$disconnect`, `$default` or the `type` of a message. */
  readonly key: string;
  /** Whether the function's answer goes back: its body as a message, of `$connect` its subprotocol. */
  readonly answers: boolean;
}

export function addSocketRoutes(
  api: WebSocketApi,
  routes: readonly SocketRoute[],
  to: LambdaFunction,
): void {
  for (const { key, answers } of routes) {
    const integration = new WebSocketLambdaIntegration(`${to.node.id}Integration`, to);
    api.addRoute(key, { integration, returnResponse: answers });
  }
}
