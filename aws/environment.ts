import type { Credentials } from './signedClient.ts';

/** Reads a function's environment variables, once, when it starts. */
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

/** What Lambda itself puts into every function's environment. */
export function readCredentials(
  environment: Environment,
): Credentials & { readonly region: string } {
  const sessionToken = environment.AWS_SESSION_TOKEN;
  return {
    region: requireVariable(environment, 'AWS_REGION'),
    accessKeyId: requireVariable(environment, 'AWS_ACCESS_KEY_ID'),
    secretAccessKey: requireVariable(environment, 'AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken && { sessionToken }),
  };
}
