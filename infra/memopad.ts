import { App } from 'aws-cdk-lib';
import { AuthStack } from './authStack.ts';
import { FederatedStack } from './federatedStack.ts';
import { MemoStack } from './memoStack.ts';
import type { Stage } from './stages.ts';

export interface MemopadAppOptions {
  readonly stage: Stage;
  /** Where the templates go; a folder in the system's temporary one when left out. */
  readonly outputFolder?: string | undefined;
  readonly context?: Readonly<Record<string, unknown>> | undefined;
}

/** The whole cloud as CDK describes it, in the order it deploys. */
export function makeApp({ stage, outputFolder, context }: MemopadAppOptions): App {
  const app = new App({
    analyticsReporting: false,
    ...(outputFolder && { outdir: outputFolder }),
    ...(context && { context: { ...context } }),
  });
  const auth = new AuthStack(app, `MemopadAuth-${stage.name}`, stage);
  const memo = new MemoStack(app, `MemopadMemo-${stage.name}`, { stage, auth });
  new FederatedStack(app, `MemopadFederated-${stage.name}`, { stage, auth, memo });
  return app;
}
