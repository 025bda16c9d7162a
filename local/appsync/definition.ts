/**
 * An AppSync API as a template declares it: everything the local runtime knows
 * about it. Made from a template by `local/cloud/plan/`, or by tests directly.
 */
export interface AppSyncApi {
  readonly apiId: string;
  readonly arn: string;
  readonly name: string;
  /** SDL, with AppSync's directives and without their definitions. */
  readonly schema: string;
  /** The default first: it guards what carries no directive. */
  readonly authModes: readonly AuthMode[];
  readonly apiKeys: readonly ApiKey[];
  readonly dataSources: Readonly<Record<string, DataSourceDefinition>>;
  readonly resolvers: readonly ResolverDefinition[];
  /** By the ids that pipelines name them with. */
  readonly functions: Readonly<Record<string, FunctionDefinition>>;
  /** `ctx.env`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Levels of fields, 1 to 75; null: as many as anybody likes. */
  readonly queryDepthLimit: number | null;
  /** Calls of resolvers by one request; null: AWS's own limit, 10,000. */
  readonly resolverCountLimit: number | null;
  readonly introspection: boolean;
}

export interface ApiKey {
  readonly key: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

export type AuthMode =
  | { readonly type: 'OPENID_CONNECT'; readonly issuer: string; readonly clientId?: string }
  | { readonly type: 'API_KEY' }
  | { readonly type: 'AWS_IAM' };

export type DataSourceDefinition =
  | { readonly type: 'AMAZON_DYNAMODB'; readonly tableName: string; readonly roleArn: string }
  | { readonly type: 'AWS_LAMBDA'; readonly functionArn: string; readonly roleArn: string }
  | { readonly type: 'NONE' };

interface FieldOfType {
  readonly typeName: string;
  readonly fieldName: string;
}

export interface UnitResolverDefinition extends FieldOfType {
  readonly kind: 'UNIT';
  readonly dataSource: string;
  /** Null: a direct Lambda resolver. */
  readonly code: string | null;
  /** 0 or absent: one call a field. */
  readonly maxBatchSize?: number;
}

export interface PipelineResolverDefinition extends FieldOfType {
  readonly kind: 'PIPELINE';
  readonly code: string;
  readonly functions: readonly string[];
}

export type ResolverDefinition = UnitResolverDefinition | PipelineResolverDefinition;

export interface FunctionDefinition {
  readonly name: string;
  readonly dataSource: string;
  readonly code: string;
  readonly maxBatchSize?: number;
}
