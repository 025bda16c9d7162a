import {
  buildASTSchema,
  type ConstDirectiveNode,
  concatAST,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  parse,
} from 'graphql';
import type { AuthMode } from '#local/appsync/definition.ts';
import { AWS_WORDS } from './awsWords.ts';
import { equipScalars } from './scalars.ts';

/** A schema and what its directives say. */
export interface AppSyncSchema {
  readonly schema: GraphQLSchema;
  /** Whether the directives open a field to a mode. */
  isOpenTo(mode: AuthMode['type'], typeName: string, fieldName: string): boolean;
  /** Whether operations begin with the type. */
  isRoot(typeName: string): boolean;
  /** The fields of Subscription that a field of Mutation feeds. */
  subscriptionsOf(mutation: string): readonly string[];
}

const DIRECTIVES: Readonly<Record<string, AuthMode['type'] | 'OTHER'>> = {
  aws_oidc: 'OPENID_CONNECT',
  aws_api_key: 'API_KEY',
  aws_iam: 'AWS_IAM',
  aws_cognito_user_pools: 'OTHER',
  aws_lambda: 'OTHER',
};

/** @param defaultMode guards what carries no directive. @throws GraphQLError for a text that is no schema */
export function readSchema(sdl: string, defaultMode: AuthMode['type']): AppSyncSchema {
  // AppSync lets directives pass that nobody defines (those of a federation), so nothing is validated here.
  const document = concatAST([parse(AWS_WORDS), parse(sdl)]);
  const schema = equipScalars(buildASTSchema(document, { assumeValid: true }));
  const objects = Object.values(schema.getTypeMap()).filter(isObjectType);
  const open = new Map<string, ReadonlySet<string>>();
  for (const type of objects) {
    for (const field of Object.values(type.getFields())) {
      open.set(`${type.name}.${field.name}`, modesOf(type, field, defaultMode));
    }
  }
  const feeds = readFeeds(schema.getSubscriptionType());
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return {
    schema,
    isRoot: (typeName) => roots.some((type) => type?.name === typeName),
    isOpenTo: (mode, typeName, fieldName) =>
      open.get(`${typeName}.${fieldName}`)?.has(mode) ?? true,
    subscriptionsOf: (mutation) => feeds.get(mutation) ?? [],
  };
}

/** A field's own directives stand instead of its type's. */
function modesOf(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  defaultMode: string,
): ReadonlySet<string> {
  const own = readModes(field.astNode?.directives);
  if (own.length > 0) return new Set(own);
  const inherited = readModes(type.astNode?.directives);
  return new Set(inherited.length > 0 ? inherited : [defaultMode]);
}

function readModes(directives: readonly ConstDirectiveNode[] = []): string[] {
  return directives.flatMap(({ name }) => DIRECTIVES[name.value] ?? []);
}

function readFeeds(subscription: GraphQLObjectType | null | undefined): Map<string, string[]> {
  const feeds = new Map<string, string[]>();
  for (const field of Object.values(subscription?.getFields() ?? {})) {
    for (const mutation of readSubscribe(field)) {
      feeds.set(mutation, [...(feeds.get(mutation) ?? []), field.name]);
    }
  }
  return feeds;
}

function readSubscribe({ astNode }: GraphQLField<unknown, unknown>): string[] {
  const directive = astNode?.directives?.find(({ name }) => name.value === 'aws_subscribe');
  const value = directive?.arguments?.find(({ name }) => name.value === 'mutations')?.value;
  if (value?.kind !== 'ListValue') return [];
  return value.values.flatMap((one) => (one.kind === 'StringValue' ? [one.value] : []));
}
