import { addChecks, STRICT } from './checks.ts';
import { addStacks, createApp } from './memopad.ts';
import { readStage } from './stages.ts';

// What `cdk` runs (cdk.json), with `-c stage=prod` or without, and with `-c appsync=off` without that door.

const app = createApp({ context: STRICT });
addStacks(app, readStage(app.node.tryGetContext('stage') ?? 'dev'), {
  appSync: app.node.tryGetContext('appsync') !== 'off',
});
addChecks(app);
app.synth();
