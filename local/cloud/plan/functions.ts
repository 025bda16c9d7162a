import { iamArn, REGION } from '#local/cloud/account.ts';
import type { Callers } from '#local/cloud/iam/callers.ts';
import type { FunctionDefinition } from '#local/cloud/lambda/functions.ts';
import { nameOf, type Resource, type Stack } from '#local/cloud/template/template.ts';
import { StartError } from '#local/startError.ts';
import type { Role } from './roles.ts';

export interface FunctionSurroundings {
  readonly stacks: readonly Stack[];
  readonly roles: ReadonlyMap<string, Role>;
  readonly callers: Pick<Callers, 'add'>;
  /** Where AWS is, for functions. */
  readonly endpointUrl: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
interface FunctionProperties {
  readonly Code: { readonly S3Key: string };
  readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> };
  readonly Handler: string;
  readonly MemorySize?: number;
  readonly ReservedConcurrentExecutions?: number;
  readonly Role: string;
  readonly Timeout?: number;
}

/** Every function, with credentials for its role. @throws StartError when it can't be run */
export function planFunctions(
  resources: readonly Resource[],
  surroundings: FunctionSurroundings,
): FunctionDefinition[] {
  return resources
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map((resource) => planFunction(resource, surroundings));
}

function planFunction(resource: Resource, surroundings: FunctionSurroundings): FunctionDefinition {
  const properties = resource.properties as unknown as FunctionProperties;
  const { Code, Environment, Handler, MemorySize = 128, Timeout = 3 } = properties;
  const { ReservedConcurrentExecutions: reservedConcurrency } = properties;
  const stack = surroundings.stacks.find(({ name }) => name === resource.stack);
  return {
    logicalId: resource.id,
    name: resource.ref,
    arn: resource.attributes.Arn ?? '',
    folder: stack?.assetFolder(Code.S3Key) ?? '',
    handler: Handler,
    environment: {
      ...asTexts(Environment?.Variables ?? {}),
      ...awsVariables(resource, properties.Role, surroundings),
    },
    memoryMb: MemorySize,
    timeoutSeconds: Timeout,
    ...(reservedConcurrency !== undefined && { reservedConcurrency }),
  };
}

/** CloudFormation makes texts of numbers and booleans. */
function asTexts(variables: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, `${value}`]));
}

/** The region, AWS's address, and credentials as Lambda gets them by assuming the function's role. */
function awsVariables(
  resource: Resource,
  roleArn: string,
  { roles, callers, endpointUrl }: FunctionSurroundings,
): Record<string, string> {
  const role = roles.get(roleArn);
  if (!role) throw new StartError(`${nameOf(resource)}: the role ${roleArn} is in no stack.`);
  const { accessKeyId, secretAccessKey, sessionToken } = callers.add({
    principal: iamArn('sts', `assumed-role/${role.name}/${resource.ref}`),
    statements: role.statements,
  });
  return {
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_ENDPOINT_URL: endpointUrl,
    // The SDK warns of the Node it finds here, which isn't the one it gets on AWS.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
