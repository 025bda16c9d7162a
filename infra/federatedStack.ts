import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { AuthStack } from './authStack.ts';
import { allow, makeFunction } from './function.ts';
import { addRoutes, makeHttpApi } from './httpApi.ts';
import type { MemoStack } from './memoStack.ts';
import type { Stage } from './stages.ts';

export interface FederatedStackProps extends StackProps {
  readonly stage: Stage;
  readonly auth: AuthStack;
  readonly memo: MemoStack;
}

/** The federated door: the gateway's function behind an HTTP API. */
export class FederatedStack extends Stack {
  readonly gateway: LambdaFunction;

  constructor(scope: Construct, id: string, props: FederatedStackProps) {
    super(scope, id, props);
    const { stage, auth, memo } = props;
    this.gateway = makeFunction(this, 'Gateway', {
      stage,
      name: 'gateway',
      bundle: 'gateway',
      environment: {
        ISSUER: auth.issuer,
        JWKS_URL: auth.jwksUrl,
        AUTH_FUNCTION: auth.subgraph.functionName,
        MEMO_FUNCTION: memo.subgraph.functionName,
        INTROSPECTION: stage.introspection ? 'on' : 'off',
        ALLOWED_ORIGINS: stage.allowedOrigins.join(','),
      },
      memory: 1024,
      // Two subgraphs one after the other, each waited for 11 s; an HTTP API waits 30 s.
      timeoutSeconds: 25,
    });
    const subgraphs = [auth.subgraph.functionArn, memo.subgraph.functionArn];
    allow(this.gateway, ['lambda:InvokeFunction'], subgraphs);
    const api = makeHttpApi(this, 'Api', { stage, name: 'federated' });
    addRoutes(api, [
      { path: '/graphql', methods: [HttpMethod.GET, HttpMethod.POST], to: this.gateway },
      { path: '/health', methods: [HttpMethod.GET], to: this.gateway },
    ]);
    new CfnOutput(this, 'GraphQLUrl', { value: `${api.apiEndpoint}/graphql` });
  }
}
