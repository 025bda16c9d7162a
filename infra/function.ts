import { Duration } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { accept } from './accept.ts';
import { type BundleName, bundleFolder } from './bundle.ts';
import { makeLogs } from './logs.ts';
import { nameOf } from './names.ts';
import type { Stage } from './stages.ts';

export interface FunctionOptions {
  readonly stage: Stage;
  /** What it is called behind `memopad-<stage>-`. */
  readonly name: string;
  /** Which bundle it runs. */
  readonly bundle: BundleName;
  /** Its config.ts says what each variable is. */
  readonly environment: Readonly<Record<string, string>>;
  /** MB; the processor's share grows with it, to a whole one at 1,769. */
  readonly memory: number;
  readonly timeoutSeconds: number;
}

/** The one way to make a function: its runtime, its logs, its traces, and a role that may do nothing else yet. */
export function makeFunction(
  scope: Construct,
  id: string,
  options: FunctionOptions,
): LambdaFunction {
  const { stage, name, bundle, environment, memory, timeoutSeconds } = options;
  const functionName = nameOf(stage, name);
  const logGroup = makeLogs(scope, `${id}Logs`, `/aws/lambda/${functionName}`, stage);
  const made = new LambdaFunction(scope, id, {
    functionName,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: Code.fromAsset(bundleFolder(bundle)),
    environment: { ...environment },
    memorySize: memory,
    timeout: Duration.seconds(timeoutSeconds),
    tracing: Tracing.ACTIVE,
    role: makeRole(scope, `${id}ServiceRole`, logGroup),
    logGroup,
  });
  accept(
    made,
    'Serverless::Serverless-LambdaDLQ',
    'It is invoked synchronously only: whoever invoked it is told of a failure.',
  );
  return made;
}

/** Lets a function, or a role, do exactly these things to exactly these resources. */
export function allow(
  to: IGrantable,
  actions: readonly string[],
  resources: readonly string[],
): void {
  const statement = new PolicyStatement({ actions: [...actions], resources: [...resources] });
  to.grantPrincipal.addToPrincipalPolicy(statement);
}

/**
 * A role that may write the function's own log and nothing else; AWS's managed policy for it would
 * allow every log of the account. CDK adds what tracing takes.
 */
function makeRole(scope: Construct, id: string, logs: LogGroup): Role {
  const role = new Role(scope, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(
    new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      // Ends with `:*`, the streams of the group: Lambda names them.
      resources: [logs.logGroupArn],
    }),
  );
  accept(
    role,
    'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    'xray:PutTraceSegments and xray:PutTelemetryRecords take no narrower resource.',
  );
  return role;
}
