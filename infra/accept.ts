import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Accepts a finding of the checks for a construct and what is in it, and says why. A finding that
 * nobody accepted ends the synthesis.
 * @param id as the finding is reported: `AwsSolutions::AwsSolutions-APIG4`
 */
export function accept(construct: IConstruct, id: string, reason: string): void {
  Validations.of(construct).acknowledge({ id, reason });
}
