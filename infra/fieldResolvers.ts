import type { Stack } from 'aws-cdk-lib';
import {
  type CfnDataSource,
  CfnFunctionConfiguration,
  type CfnGraphQLApi,
  type CfnGraphQLSchema,
  CfnResolver,
} from 'aws-cdk-lib/aws-appsync';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { codeFile, type FieldResolver, type PipelineFunction, type Wiring } from './resolvers.ts';

export interface ResolverParts {
  readonly api: CfnGraphQLApi;
  readonly schema: CfnGraphQLSchema;
  /** By the names that files are wired to. */
  readonly sources: ReadonlyMap<string, CfnDataSource>;
  readonly wiring: Wiring;
}

const RUNTIME = { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' };

/** Every resolver and function of the wiring. Their code stays out of the template, which may have 1 MB. */
export function makeFieldResolvers(scope: Stack, parts: ResolverParts): void {
  const functions = new Map(
    parts.wiring.functions.map((one) => [one.name, makeFunction(scope, one, parts)]),
  );
  const idOf = (name: string): string => found(functions, name).attrFunctionId;
  for (const one of parts.wiring.resolvers) {
    const { typeName, fieldName } = one;
    const resolver = new CfnResolver(scope, idOfField(one), {
      apiId: parts.api.attrApiId,
      typeName,
      fieldName,
      ...wiringOf(one, parts, idOf),
      ...codeOf(scope, one),
    });
    // It resolves a field of the schema, which has to be there.
    resolver.addResourceDependency(parts.schema);
  }
}

function makeFunction(
  scope: Stack,
  one: PipelineFunction,
  { api, schema, sources }: ResolverParts,
): CfnFunctionConfiguration {
  const { name, dataSource } = one;
  const made = new CfnFunctionConfiguration(scope, `Function${name}`, {
    apiId: api.attrApiId,
    name,
    dataSourceName: found(sources, dataSource).attrName,
    ...codeOf(scope, one),
  });
  // While a schema is being changed AppSync refuses to make anything else of the API.
  made.addResourceDependency(schema);
  return made;
}

function wiringOf(one: FieldResolver, parts: ResolverParts, idOf: (name: string) => string) {
  if (one.kind === 'UNIT') {
    return { kind: one.kind, dataSourceName: found(parts.sources, one.dataSource).attrName };
  }
  return { kind: one.kind, pipelineConfig: { functions: one.functions.map(idOf) } };
}

const idOfField = ({ typeName, fieldName }: FieldResolver): string =>
  `${typeName}${fieldName.charAt(0).toUpperCase()}${fieldName.slice(1)}`;

function codeOf(scope: Stack, { file, maxBatchSize }: FieldResolver | PipelineFunction) {
  const { s3ObjectUrl } = new Asset(scope, `Code of ${file}`, { path: codeFile(file) });
  return {
    runtime: RUNTIME,
    codeS3Location: s3ObjectUrl,
    ...(maxBatchSize !== undefined && { maxBatchSize }),
  };
}

function found<Part>(parts: ReadonlyMap<string, Part>, name: string): Part {
  const part = parts.get(name);
  if (part) return part;
  throw new Error(`Expected one of ${[...parts.keys()].join(', ')}, got ${name}.`);
}
