import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { AUTH_TABLE } from '#table/tables.ts';
import { allow, makeFunction } from './function.ts';
import { addRoutes, makeHttpApi } from './httpApi.ts';
import type { Stage } from './stages.ts';
import { allowTable, makeTable } from './table.ts';

export interface AuthStackProps extends StackProps {
  readonly stage: Stage;
}

const TABLE_ACTIONS = ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'];

/** The auth service: its table, the key that signs tokens, its three functions and its HTTP API. Deploys first and alone. */
export class AuthStack extends Stack {
  /** The `iss` of access tokens. */
  readonly issuer: string;
  readonly jwksUrl: string;
  readonly subgraph: LambdaFunction;
  /** Issues watch tokens to whoever may invoke it. */
  readonly watch: LambdaFunction;

  constructor(scope: Construct, id: string, props: AuthStackProps) {
    super(scope, id, props);
    const { stage } = props;
    const table = makeTable(this, 'Users', AUTH_TABLE, stage);
    const key = makeSigningKey(this, stage);
    const api = makeHttpApi(this, 'AuthApi', { stage, name: 'auth' });
    this.issuer = api.apiEndpoint;
    this.jwksUrl = `${this.issuer}/.well-known/jwks.json`;
    const common = {
      stage,
      environment: {
        TABLE_NAME: table.tableName,
        ISSUER: this.issuer,
        SIGNING_KEY_ARN: key.keyArn,
        SIGN_UPS_PER_HOUR: String(stage.signUpsPerHour),
        WRONG_PASSWORDS_PER_HOUR: String(stage.wrongPasswordsPerHour),
      },
      // A password hash takes 19 MB and as much processor as it gets.
      memory: 1024,
      timeoutSeconds: 10,
    };
    this.subgraph = makeFunction(this, 'AuthSubgraph', {
      ...common,
      name: 'auth-subgraph',
      bundle: 'authSubgraph',
    });
    const http = makeFunction(this, 'AuthHttp', {
      ...common,
      name: 'auth-http',
      bundle: 'authHttp',
    });
    for (const one of [this.subgraph, http]) {
      allowTable(one, table, AUTH_TABLE, TABLE_ACTIONS);
      allow(one, ['kms:Sign', 'kms:GetPublicKey'], [key.keyArn]);
    }
    this.watch = this.makeWatch(stage, key);
    addRoutes(api, [
      { path: '/.well-known/openid-configuration', methods: [HttpMethod.GET], to: http },
      { path: '/.well-known/jwks.json', methods: [HttpMethod.GET], to: http },
      { path: '/sessions', methods: [HttpMethod.POST], to: http },
      { path: '/token', methods: [HttpMethod.POST], to: http },
      { path: '/health', methods: [HttpMethod.GET], to: http },
    ]);
    new CfnOutput(this, 'Issuer', { value: this.issuer });
  }

  private makeWatch(stage: Stage, key: Key): LambdaFunction {
    const watch = makeFunction(this, 'AuthWatch', {
      stage,
      name: 'auth-watch',
      bundle: 'authWatch',
      environment: { ISSUER: this.issuer, SIGNING_KEY_ARN: key.keyArn },
      memory: 256,
      timeoutSeconds: 5,
    });
    allow(watch, ['kms:Sign', 'kms:GetPublicKey'], [key.keyArn]);
    return watch;
  }
}

/** The private half never leaves KMS; asymmetric keys can't be rotated by KMS, so rotation is a second key. */
function makeSigningKey(scope: Construct, stage: Stage): Key {
  return new Key(scope, 'SigningKey', {
    keySpec: KeySpec.RSA_2048,
    keyUsage: KeyUsage.SIGN_VERIFY,
    description: `Signs Memopad's access tokens, ${stage.name} (RS256)`,
    removalPolicy: stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
}
