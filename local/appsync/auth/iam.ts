import type { AppSyncApi } from '#local/appsync/definition.ts';
import { ACCOUNT } from '#local/cloud/account.ts';
import type { Caller } from '#local/cloud/iam/callers.ts';
import type { SignedRequest } from '#local/cloud/iam/canonicalRequest.ts';
import { decide } from '#local/cloud/iam/policy.ts';
import type { AppSyncCaller } from './caller.ts';

/** @returns whose signature it is. @throws AwsError */
export type VerifyIam = (request: SignedRequest) => Pick<Caller, 'principal' | 'statements'>;

/** A signer as resolvers see it; its policies name the fields of root types it may ask for. */
export function describeSigner(
  { principal, statements }: ReturnType<VerifyIam>,
  sourceIp: string,
  { arn }: AppSyncApi,
): AppSyncCaller {
  return {
    mode: 'AWS_IAM',
    identity: {
      accountId: ACCOUNT,
      cognitoIdentityAuthProvider: null,
      cognitoIdentityAuthType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      sourceIp: [sourceIp],
      userArn: principal,
      username: principal.slice(principal.lastIndexOf('/') + 1),
    },
    mayCall: (typeName, fieldName) =>
      decide(statements, 'appsync:GraphQL', `${arn}/types/${typeName}/fields/${fieldName}`) ===
      'ALLOWED',
  };
}
