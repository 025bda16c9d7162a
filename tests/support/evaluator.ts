import { randomBytes } from 'node:crypto';
import { AppSyncClient } from '@aws-sdk/client-appsync';
import { createEvaluateCode } from '#local/appsync/evaluateCode.ts';
import { createSandbox } from '#local/appsync/sandbox/sandbox.ts';
import { iamArn, REGION } from '#local/cloud/account.ts';
import { createCallers } from '#local/cloud/iam/callers.ts';
import type { Statement } from '#local/cloud/iam/policy.ts';
import { createSignatureVerifier } from '#local/cloud/iam/signature.ts';
import { listen } from '#one-process/nodeServer.ts';
import { checkCode } from '#scripts/resolvers/checkCode.js';

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** EvaluateCode on this machine, and AWS's own client for it. */
export interface Evaluator {
  /** May evaluate. */
  readonly client: AppSyncClient;
  /** Credentials of a caller with these statements. */
  grant(...statements: Statement[]): Keys;
  connect(credentials: Keys): AppSyncClient;
  stop(): Promise<void>;
}

const ALLOW: Statement = { Effect: 'Allow', Action: 'appsync:EvaluateCode', Resource: '*' };

export async function startEvaluator(): Promise<Evaluator> {
  const callers = createCallers();
  const verify = createSignatureVerifier({ callers });
  const handler = createEvaluateCode({
    verifyIam: (request) => verify(request, 'appsync'),
    sandbox: createSandbox({ clock: Date.now, randomBytes, log: () => {} }),
    check: checkCode,
  });
  const server = await listen(handler, { port: 0, host: '127.0.0.1' });
  const clients: AppSyncClient[] = [];
  const connect = (credentials: Keys): AppSyncClient => {
    const client = new AppSyncClient({
      region: REGION,
      endpoint: server.url,
      credentials,
      maxAttempts: 1,
    });
    clients.push(client);
    return client;
  };
  const grant = (...statements: Statement[]) =>
    callers.add({ principal: iamArn('iam', 'user/developer'), statements });
  return {
    client: connect(grant(ALLOW)),
    grant,
    connect,
    async stop() {
      for (const client of clients) client.destroy();
      await server.close();
    },
  };
}
