import { describe, expect, test } from '@jest/globals';
import { type App, Stack } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { addChecks, STRICT } from '#infra/checks.ts';
import { makeApp } from '#infra/memopad.ts';
import { STAGES, type StageName } from '#infra/stages.ts';
import { ensureLambdas } from '#scripts/build-lambdas.js';
import { ensureResolvers } from '#scripts/build-resolvers.js';
import { useOutputFolders } from './stacks.ts';

const TAKES_LONG_MS = 60_000;
const outputFolder = useOutputFolders();

/** As `npm run synth` and `npm run deploy` make it, in a quieter way. */
function makeChecked(stage: StageName): App {
  process.env.CDK_VALIDATION = 'true';
  const context = { ...STRICT, '@aws-cdk/core:validationReportPrettyPrint': false };
  const app = makeApp({ stage: STAGES[stage], outputFolder: outputFolder(), context });
  addChecks(app);
  return app;
}

describe("AWS's validator and cdk-nag", () => {
  test.each(['dev', 'prod'] as const)(
    'have nothing to say of %s that nobody has accepted',
    async (stage) => {
      await ensureLambdas();
      await ensureResolvers();
      expect(() => makeChecked(stage).synth()).not.toThrow();
    },
    TAKES_LONG_MS,
  );

  test(
    'do look: a grant of everything and a table that cannot be made end the synthesis',
    () => {
      const app = makeChecked('dev');
      const stack = new Stack(app, 'Careless');
      const role = new Role(stack, 'Role', {
        assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      });
      role.addToPolicy(new PolicyStatement({ actions: ['dynamodb:*'], resources: ['*'] }));
      new CfnTable(stack, 'Table', { keySchema: [{ attributeName: 'PK', keyType: 'SORT' }] });
      const complaints = complaintsOf(app);
      expect(complaints).toContain('AwsSolutions-IAM5[Action::dynamodb:*]');
      expect(complaints).toContain('ProvisionedThroughput is required');
    },
    TAKES_LONG_MS,
  );
});

function complaintsOf(app: App): string {
  try {
    app.synth();
    return '';
  } catch (error) {
    return String(error);
  }
}
