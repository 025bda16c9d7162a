import type { Credentials } from './signature.ts';

/** A function's environment variables, read once, when it starts. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** @throws naming the variable that is missing. */
export function requireVariable(environment: Environment, name: string): string {
  const value = environment[name];
  if (value) return value;
  throw new Error(`Expected the environment variable ${name} to be set.`);
}

/** @throws naming the variable that is missing, or isn't a whole number from 0. */
export function requireCount(environment: Environment, name: string): number {
  const text = requireVariable(environment, name);
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`Expected the environment variable ${name} to be a whole number, got ${text}.`);
}

/**
 * Reads what Lambda itself puts into every function's environment. The credentials are those of the
 * function's role; they live as long as its environment, so nobody has to renew them.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function readAws(environment: Environment): {
  readonly region: string;
  readonly credentials: Credentials;
} {
  const sessionToken = environment.AWS_SESSION_TOKEN;
  return {
    region: requireVariable(environment, 'AWS_REGION'),
    credentials: {
      accessKeyId: requireVariable(environment, 'AWS_ACCESS_KEY_ID'),
      secretAccessKey: requireVariable(environment, 'AWS_SECRET_ACCESS_KEY'),
      ...(sessionToken && { sessionToken }),
    },
  };
}

/**
 * Where a service is reached: AWS's own place when undefined. The variables are the SDK's.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function readEndpoint(
  environment: Environment,
  service: 'DYNAMODB' | 'KMS' | 'LAMBDA' | 'SQS',
): string | undefined {
  return environment[`AWS_ENDPOINT_URL_${service}`] ?? environment.AWS_ENDPOINT_URL;
}
