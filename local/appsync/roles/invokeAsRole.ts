import { FunctionError, type Invoke } from '#local/appsync/dataSources/lambdaSource.ts';
import { authorize } from '#local/cloud/iam/authorize.ts';
import type { Caller } from '#local/cloud/iam/callers.ts';
import type { LambdaFunctions } from '#local/cloud/lambda/functions.ts';

/** Invokes a function as a data source's role. */
export function invokeAsRole(
  functions: Pick<LambdaFunctions, 'invoke'>,
  functionArn: string,
  role: Caller,
): Invoke {
  return async (payload, kind) => {
    authorize(role, 'lambda:InvokeFunction', functionArn);
    const answer = await functions.invoke(functionArn, JSON.stringify(payload), kind);
    if (answer.functionError) throw describe(answer.payload, answer.functionError);
    return answer.payload === '' ? null : JSON.parse(answer.payload);
  };
}

function describe(payload: string, kind: string): FunctionError {
  const { errorMessage = '' } = Object(JSON.parse(payload));
  return new FunctionError(String(errorMessage), kind);
}
