import type { FunctionDefinition } from './functions.ts';

/**
 * Everything a function finds in `process.env`: its template's variables and what Lambda adds.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 * `_X_AMZN_TRACE_ID` comes anew with each event. `AWS_LAMBDA_RUNTIME_API` and the address of X-Ray's
 * daemon are left out: there is nothing behind them here.
 * @param instance what tells this environment from the function's others
 */
export function functionVariables(
  definition: FunctionDefinition,
  instance: string,
): Record<string, string> {
  const { name, folder, handler, memoryMb, environment, runtime = 'nodejs24.x' } = definition;
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    ...environment,
    _HANDLER: handler,
    LAMBDA_TASK_ROOT: folder,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: instance,
  };
}
