import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';

/** Makes AWS's own validator of templates as strict as cdk-nag: what it finds ends the synthesis. */
export const STRICT = { '@aws-cdk/core:validateAgainstDefaultRules': true };

/** Has cdk-nag look at everything before it is deployed. What is fine as it is says so where it is made: accept.ts. */
export function addChecks(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
}
