import { randomUUID } from 'node:crypto';
import type { InvocationResult, LambdaFunctions } from './functions.ts';

/** When a function dies: before it has done anything, in the midst of it, or after all is done but before its answer is out. */
export type Crash = 'BEFORE' | 'MIDWAY' | 'AFTER';

export interface LambdaFaults {
  crash?(functionName: string): Crash | undefined;
  /** After how many milliseconds a function dies that dies midway. */
  crashAfterMs?(): number;
}

/** Lets functions die at times. */
export function withCrashes(functions: LambdaFunctions, faults: LambdaFaults): LambdaFunctions {
  return {
    ...functions,
    async invoke(nameOrArn, payload, kind = 'RequestResponse', trace, crashAfterMs) {
      const name = functions.find(nameOrArn)?.name ?? nameOrArn;
      const crash = kind === 'RequestResponse' ? faults.crash?.(name) : undefined;
      if (crash === 'BEFORE') return died(randomUUID());
      const afterMs = crash === 'MIDWAY' ? (faults.crashAfterMs?.() ?? 0) : crashAfterMs;
      const result = await functions.invoke(nameOrArn, payload, kind, trace, afterMs);
      return crash === 'AFTER' ? died(result.requestId) : result;
    },
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html */
function died(requestId: string): InvocationResult {
  return {
    payload: JSON.stringify({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
    }),
    functionError: 'Unhandled',
    requestId,
    logTail: '',
  };
}
