import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Stage } from './stages.ts';

/** Where log lines go, for as long as the stage says. They aren't data: they end with their stack. */
export function makeLogs(scope: Construct, id: string, name: string, stage: Stage): LogGroup {
  return new LogGroup(scope, id, {
    logGroupName: name,
    retention: stage.logRetentionDays as RetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}
