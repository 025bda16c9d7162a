import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { type BundleName, bundleFolder } from './bundle.ts';
import type { Stage } from './stages.ts';

export interface FunctionOptions {
  readonly stage: Stage;
  /** Which bundle it runs. */
  readonly bundle: BundleName;
  readonly environment: Readonly<Record<string, string>>;
  /** MB; the processor's share grows with it. */
  readonly memory: number;
  readonly timeoutSeconds: number;
}

/** The one way to make a function: runtime, logs, tracing and nothing granted yet. */
export function makeFunction(
  scope: Construct,
  id: string,
  options: FunctionOptions,
): LambdaFunction {
  const { stage, bundle, environment, memory, timeoutSeconds } = options;
  return new LambdaFunction(scope, id, {
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: Code.fromAsset(bundleFolder(bundle)),
    environment: { ...environment },
    memorySize: memory,
    timeout: Duration.seconds(timeoutSeconds),
    tracing: Tracing.ACTIVE,
    logGroup: new LogGroup(scope, `${id}Logs`, {
      retention: stage.logRetentionDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  });
}

/** Lets a function do exactly these things to exactly these resources. */
export function allow(
  to: LambdaFunction,
  actions: readonly string[],
  resources: readonly string[],
): void {
  to.addToRolePolicy(
    new PolicyStatement({ effect: Effect.ALLOW, actions: [...actions], resources: [...resources] }),
  );
}
