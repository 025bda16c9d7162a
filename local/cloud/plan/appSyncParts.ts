import { readFileSync } from 'node:fs';
import type {
  DataSourceDefinition,
  FunctionDefinition,
  ResolverDefinition,
} from '#local/appsync/definition.ts';
import { nameOf, type Resource, type Stack } from '#local/cloud/template/template.ts';
import { StartError } from '#local/startError.ts';

interface DataSourceProperties {
  readonly DynamoDBConfig?: { readonly TableName: string };
  readonly LambdaConfig?: { readonly LambdaFunctionArn: string };
  readonly Name: string;
  readonly ServiceRoleArn?: string;
  readonly Type: DataSourceDefinition['type'];
}

interface CodeProperties {
  readonly CodeS3Location: string;
  readonly DataSourceName?: string;
  readonly MaxBatchSize?: number;
}

interface ResolverProperties extends CodeProperties {
  readonly FieldName: string;
  readonly Kind?: 'UNIT' | 'PIPELINE';
  readonly PipelineConfig?: { readonly Functions: readonly string[] };
  readonly TypeName: string;
}

/** A data source by its name. @throws StartError when a part is missing */
export function planDataSource(source: Resource): [string, DataSourceDefinition] {
  const properties = source.properties as unknown as DataSourceProperties;
  const { DynamoDBConfig: table, LambdaConfig: lambda, Name, Type: type } = properties;
  const { ServiceRoleArn: roleArn } = properties;
  if (type === 'NONE') return [Name, { type }];
  if (type === 'AMAZON_DYNAMODB' && table && roleArn) {
    return [Name, { type, tableName: table.TableName, roleArn }];
  }
  if (type === 'AWS_LAMBDA' && lambda && roleArn) {
    return [Name, { type, functionArn: lambda.LambdaFunctionArn, roleArn }];
  }
  throw new StartError(`${nameOf(source)}: expected a table or a function, and a ServiceRoleArn.`);
}

/** Gives the code of a function or a resolver. */
export type CodeOf = (resource: Resource) => string;

/** A function by the id that pipelines name it with. */
export function planFunction(one: Resource, codeOf: CodeOf): [string, FunctionDefinition] {
  const properties = one.properties as unknown as CodeProperties & { readonly Name: string };
  const definition = {
    name: properties.Name,
    dataSource: readDataSource(one, properties),
    code: codeOf(one),
    ...batchOf(properties),
  };
  return [one.attributes.FunctionId ?? '', definition];
}

export function planResolver(one: Resource, codeOf: CodeOf): ResolverDefinition {
  const properties = one.properties as unknown as ResolverProperties;
  const { TypeName: typeName, FieldName: fieldName, Kind: kind, PipelineConfig } = properties;
  const code = codeOf(one);
  if (kind === 'PIPELINE') {
    return { typeName, fieldName, kind, code, functions: PipelineConfig?.Functions ?? [] };
  }
  const dataSource = readDataSource(one, properties);
  return { typeName, fieldName, kind: 'UNIT', code, dataSource, ...batchOf(properties) };
}

function readDataSource(resource: Resource, { DataSourceName: name }: CodeProperties): string {
  if (name !== undefined) return name;
  throw new StartError(`${nameOf(resource)}: expected a DataSourceName.`);
}

const batchOf = ({ MaxBatchSize: maxBatchSize }: CodeProperties) =>
  maxBatchSize === undefined ? {} : { maxBatchSize };

/**
 * Reads the file that a resource's CodeS3Location, `s3://<bucket>/<key>`, stands for.
 * @param onRead hears of each code and its file
 */
export function createCodeReader(
  stacks: readonly Stack[],
  onRead: (code: string, file: string) => void,
): CodeOf {
  return (resource) => {
    const { CodeS3Location: location } = resource.properties as unknown as CodeProperties;
    const stack = stacks.find(({ name }) => name === resource.stack);
    const [, key] = /^s3:\/\/[^/]+\/(.+)$/.exec(String(location)) ?? [];
    if (!stack || key === undefined) {
      throw new StartError(`${nameOf(resource)}: expected a CodeS3Location, got ${location}.`);
    }
    const file = stack.assetFolder(key);
    const code = readFileSync(file, 'utf8');
    onRead(code, file);
    return code;
  };
}
