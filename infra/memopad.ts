import { createRequire } from 'node:module';
import { App, type StackProps } from 'aws-cdk-lib';
import { AuthStack } from './authStack.ts';
import { FederatedStack } from './federatedStack.ts';
import { LiveStack } from './liveStack.ts';
import { MemoStack } from './memoStack.ts';
import type { Stage } from './stages.ts';

export interface MemopadAppOptions {
  readonly stage: Stage;
  /** Where the templates go; a folder in the system's temporary one when left out. */
  readonly outputFolder?: string | undefined;
  readonly context?: Readonly<Record<string, unknown>> | undefined;
}

/** What AWS recommends to new apps, and what we decide otherwise: here, so that a laptop and a deployment have the same. */
const FLAGS = {
  ...createRequire(import.meta.url)('aws-cdk-lib/recommended-feature-flags.json'),
  // Nobody shall delete the stack that issues tokens while another lives on them.
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
};

/** The whole cloud as CDK describes it. */
export function makeApp({ stage, ...options }: MemopadAppOptions): App {
  const app = createApp(options);
  addStacks(app, stage);
  return app;
}

/** An app without stacks yet. */
export function createApp({ outputFolder, context }: Omit<MemopadAppOptions, 'stage'>): App {
  return new App({
    analyticsReporting: false,
    context: { ...FLAGS, ...context },
    ...(outputFolder && { outdir: outputFolder }),
  });
}

/** Adds the stacks in the order they deploy: each needs some before it, none after it. */
export function addStacks(app: App, stage: Stage): void {
  const auth = new AuthStack(app, `MemopadAuth-${stage.name}`, {
    ...about(stage, 'users, sessions and access tokens'),
    stage,
  });
  const memo = new MemoStack(app, `MemopadMemo-${stage.name}`, {
    ...about(stage, 'pads and memos'),
    stage,
    auth,
  });
  const federated = new FederatedStack(app, `MemopadFederated-${stage.name}`, {
    ...about(stage, 'the federated door'),
    stage,
    auth,
    memo,
  });
  new LiveStack(app, `MemopadLive-${stage.name}`, {
    ...about(stage, 'live changes'),
    stage,
    auth,
    memo,
    federated,
  });
}

function about(stage: Stage, what: string): StackProps {
  return {
    description: `Memopad, ${stage.name}: ${what}`,
    // Of the stack, and by it of everything in it: what a bill is sorted by.
    tags: { app: 'memopad', stage: stage.name },
    terminationProtection: stage.keepsData,
  };
}
