import type { ApiKey, AppSyncApi, AuthMode } from '#local/appsync/definition.ts';
import {
  nameOf,
  type Resource,
  type ResourceName,
  type Stack,
} from '#local/cloud/template/template.ts';
import { StartError } from '#local/startError.ts';
import {
  type CodeOf,
  createCodeReader,
  planDataSource,
  planFunction,
  planResolver,
} from './appSyncParts.ts';
import { ofType } from './httpApis.ts';

export interface PlannedAppSyncApi {
  readonly name: ResourceName;
  readonly definition: AppSyncApi;
  /** Where each code was read. */
  readonly codeFiles: ReadonlyMap<string, string>;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appsync-graphqlapi.html */
interface ApiProperties extends ProviderProperties {
  readonly AdditionalAuthenticationProviders?: readonly ProviderProperties[];
  readonly EnvironmentVariables?: Readonly<Record<string, unknown>>;
  readonly IntrospectionConfig?: string;
  readonly Name: string;
  readonly QueryDepthLimit?: number;
  readonly ResolverCountLimit?: number;
}

interface ProviderProperties {
  readonly AuthenticationType: AuthMode['type'];
  readonly OpenIDConnectConfig?: { readonly Issuer: string; readonly ClientId?: string };
}

/**
 * Every AppSync API with its schema, keys, data sources, functions and resolvers, and their code as it is
 * in its files now. @throws StartError when a part is missing
 */
export function planAppSyncApis(
  resources: readonly Resource[],
  stacks: readonly Stack[],
): PlannedAppSyncApi[] {
  return ofType(resources, 'AWS::AppSync::GraphQLApi').map((api) => {
    const codeFiles = new Map<string, string>();
    const codeOf = createCodeReader(stacks, (code, file) => codeFiles.set(code, file));
    const definition = planApi(api, resources, codeOf);
    return { name: { stack: api.stack, id: api.id }, definition, codeFiles };
  });
}

function planApi(api: Resource, resources: readonly Resource[], codeOf: CodeOf): AppSyncApi {
  const properties = api.properties as unknown as ApiProperties;
  const apiId = api.attributes.ApiId ?? '';
  const ofApi = (type: string): Resource[] =>
    ofType(resources, type).filter((one) => one.properties.ApiId === apiId);
  const functions = ofApi('AWS::AppSync::FunctionConfiguration');
  const resolvers = ofApi('AWS::AppSync::Resolver');
  return {
    apiId,
    arn: api.attributes.Arn ?? '',
    name: properties.Name,
    schema: readSchema(api, ofApi('AWS::AppSync::GraphQLSchema')),
    authModes: planAuthModes(api, properties),
    apiKeys: ofApi('AWS::AppSync::ApiKey').map(planKey),
    dataSources: Object.fromEntries(ofApi('AWS::AppSync::DataSource').map(planDataSource)),
    functions: Object.fromEntries(functions.map((one) => planFunction(one, codeOf))),
    resolvers: resolvers.map((one) => planResolver(one, codeOf)),
    environment: asTexts(properties.EnvironmentVariables ?? {}),
    queryDepthLimit: properties.QueryDepthLimit || null,
    resolverCountLimit: properties.ResolverCountLimit || null,
    introspection: properties.IntrospectionConfig !== 'DISABLED',
  };
}

function readSchema(api: Resource, schemas: readonly Resource[]): string {
  const [schema, another] = schemas;
  if (schema && !another) return String(schema.properties.Definition);
  throw new StartError(`${nameOf(api)}: expected one schema of this API, got ${schemas.length}.`);
}

function planAuthModes(api: Resource, properties: ApiProperties): AuthMode[] {
  const { AdditionalAuthenticationProviders: others = [] } = properties;
  return [properties, ...others].map((provider) => planAuthMode(api, provider));
}

function planAuthMode(api: Resource, provider: ProviderProperties): AuthMode {
  const { AuthenticationType: type, OpenIDConnectConfig: config } = provider;
  if (type !== 'OPENID_CONNECT') return { type };
  if (!config) throw new StartError(`${nameOf(api)}: expected an OpenIDConnectConfig.`);
  const { Issuer: issuer, ClientId: clientId } = config;
  return { type, issuer, ...(clientId !== undefined && { clientId }) };
}

/** Behind every date that JavaScript knows: a laptop's keys don't end. */
const NEVER = 8_640_000_000_000;

const planKey = (key: Resource): ApiKey => ({
  key: key.attributes.ApiKey ?? '',
  expiresAt: NEVER,
});

const asTexts = (values: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, `${value}`]));
