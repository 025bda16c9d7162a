import { createRequire } from 'node:module';
import { App, type StackProps } from 'aws-cdk-lib';
import { AppSyncStack } from './appSyncStack.ts';
import { AuthStack } from './authStack.ts';
import { FederatedStack } from './federatedStack.ts';
import { LiveStack } from './liveStack.ts';
import { MemoStack } from './memoStack.ts';
import type { Stage } from './stages.ts';

export interface MemopadAppOptions extends StackOptions {
  readonly stage: Stage;
  /** Where the templates go; a folder in the system's temporary one when left out. */
  readonly outputFolder?: string | undefined;
  readonly context?: Readonly<Record<string, unknown>> | undefined;
}

export interface StackOptions {
  /** Whether there is the AppSync door; there is when left out. */
  readonly appSync?: boolean | undefined;
  /** When it is made; right now when left out. */
  readonly now?: Date | undefined;
}

/** What AWS recommends to new apps, and what we decide otherwise: here, so that a laptop and a deployment have the same. */
const FLAGS = {
  ...createRequire(import.meta.url)('aws-cdk-lib/recommended-feature-flags.json'),
  // Nobody shall delete the stack that issues tokens while another lives on them.
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
};

/** The whole cloud as CDK describes it. */
export function makeApp({ stage, appSync, now, ...options }: MemopadAppOptions): App {
  const app = createApp(options);
  addStacks(app, stage, { appSync, now });
  return app;
}

/** An app without stacks yet. */
export function createApp({
  outputFolder,
  context,
}: Pick<MemopadAppOptions, 'outputFolder' | 'context'>): App {
  return new App({
    analyticsReporting: false,
    context: { ...FLAGS, ...context },
    ...(outputFolder && { outdir: outputFolder }),
  });
}

/** Adds the stacks in the order they deploy: each needs some before it, none after it. */
export function addStacks(app: App, stage: Stage, options: StackOptions = {}): void {
  const { appSync: hasAppSync = true, now = new Date() } = options;
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
  const appSync = hasAppSync
    ? new AppSyncStack(app, `MemopadAppSync-${stage.name}`, {
        ...about(stage, 'the AppSync door'),
        stage,
        auth,
        memo,
        now,
      })
    : null;
  new LiveStack(app, `MemopadLive-${stage.name}`, {
    ...about(stage, 'live changes'),
    stage,
    auth,
    memo,
    federated,
    appSync,
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
