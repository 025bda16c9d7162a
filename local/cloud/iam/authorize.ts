import { AwsError } from '#local/cloud/awsError.ts';
import type { Caller } from './callers.ts';
import { decide } from './policy.ts';

/** Lets a caller on or refuses it as AWS does. @throws AwsError AccessDeniedException */
export function authorize(caller: Caller, action: string, resource: string): void {
  switch (decide(caller.statements, action, resource)) {
    case 'ALLOWED':
      return;
    case 'DENIED_EXPLICITLY':
      throw accessDenied(
        caller,
        action,
        resource,
        'with an explicit deny in an identity-based policy',
      );
    case 'DENIED_BY_DEFAULT':
      throw accessDenied(
        caller,
        action,
        resource,
        `because no identity-based policy allows the ${action} action`,
      );
  }
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function accessDenied(
  { principal }: Pick<Caller, 'principal'>,
  action: string,
  resource: string,
  why: string,
): AwsError {
  return new AwsError(
    'AccessDeniedException',
    `User: ${principal} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
  );
}
