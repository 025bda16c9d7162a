import type { Statement } from '#local/cloud/iam/policy.ts';
import { nameOf, type Resource } from '#local/cloud/template/template.ts';
import { StartError } from '#local/startError.ts';

/** A role as functions have it. */
export interface Role {
  readonly name: string;
  /** Of its own policies, those attached to it and AWS's managed ones. */
  readonly statements: readonly Statement[];
}

interface PolicyDocument {
  readonly Statement: Statement | readonly Statement[];
}

interface RoleProperties {
  readonly ManagedPolicyArns?: readonly string[];
  readonly Policies?: readonly { readonly PolicyDocument: PolicyDocument }[];
}

interface PolicyProperties {
  readonly PolicyDocument: PolicyDocument;
  readonly Roles?: readonly string[];
}

/** https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html */
const MANAGED_POLICIES: Readonly<Record<string, readonly Statement[]>> = {
  // Of the role that writes API Gateway's logs, which no function has.
  'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs': [],
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole': [
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: '*',
    },
  ],
};

/** Every role by its ARN. @throws StartError for a managed policy we don't know */
export function planRoles(resources: readonly Resource[]): ReadonlyMap<string, Role> {
  const policies = resources.filter(({ type }) => type === 'AWS::IAM::Policy');
  const roles = resources.filter(({ type }) => type === 'AWS::IAM::Role');
  return new Map(roles.map((role) => [role.attributes.Arn ?? '', planRole(role, policies)]));
}

function planRole(role: Resource, policies: readonly Resource[]): Role {
  const { ManagedPolicyArns = [], Policies = [] } = role.properties as RoleProperties;
  const attached = policies
    .map(({ properties }) => properties as unknown as PolicyProperties)
    .filter(({ Roles = [] }) => Roles.includes(role.ref));
  const documents = [...Policies, ...attached].map(({ PolicyDocument }) => PolicyDocument);
  return {
    name: role.ref,
    statements: [
      ...ManagedPolicyArns.flatMap((policy) => managedPolicy(role, policy)),
      ...documents.flatMap(({ Statement }) => Statement),
    ],
  };
}

function managedPolicy(role: Resource, policy: string): readonly Statement[] {
  const statements = MANAGED_POLICIES[policy];
  if (statements) return statements;
  throw new StartError(
    `${nameOf(role)}: the managed policy ${policy} isn't known on a laptop; local/cloud/plan/roles.ts has those that are.`,
  );
}
