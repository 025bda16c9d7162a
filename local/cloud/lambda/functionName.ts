import { arn } from '#local/cloud/account.ts';

export interface FunctionName {
  readonly name: string;
  /** A version or an alias. */
  readonly qualifier?: string;
}

/**
 * The three forms Lambda takes, each with or without a qualifier: `name`, `123456789012:function:name`
 * and the whole ARN. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_RequestParameters
 */
export const FUNCTION_NAME_PATTERN =
  '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?';

const PARTS =
  /^(?:arn:(?:aws[a-zA-Z-]*)?:lambda:)?(?:[a-z]{2}(?:-[a-z]+)+-\d:)?(?:\d{12}:)?(?:function:)?(?<name>[a-zA-Z0-9-_.]+)(?::(?<qualifier>\$LATEST|[a-zA-Z0-9-_]+))?$/;

/** Undefined for what is none of the forms. Region and account are the only ones there are, and not looked at. */
export function parseFunctionName(text: string): FunctionName | undefined {
  const parts = PARTS.exec(text)?.groups;
  if (!parts?.name) return undefined;
  return { name: parts.name, ...(parts.qualifier && { qualifier: parts.qualifier }) };
}

/** With its qualifier, if it has one. */
export function functionArn({ name, qualifier }: FunctionName): string {
  return arn('lambda', `function:${name}${qualifier ? `:${qualifier}` : ''}`);
}
