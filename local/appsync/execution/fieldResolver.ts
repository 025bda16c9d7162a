import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import type { AppSyncCaller } from '#local/appsync/auth/caller.ts';
import type { AppSyncApi } from '#local/appsync/definition.ts';
import { notAuthorized } from './fieldError.ts';
import { resolveField } from './resolveField.ts';
import type { Resolver } from './resolver.ts';
import type { Run } from './run.ts';
import type { AppSyncSchema } from './schema.ts';

export interface FieldResolverOptions {
  readonly api: AppSyncApi;
  readonly read: AppSyncSchema;
  /** @param field `<Type>.<field>` */
  readonly resolverOf: (field: string) => Resolver | undefined;
}

/** Resolves fields: by their resolvers, or as members of what their parents were resolved to. */
export function createFieldResolver(
  options: FieldResolverOptions,
): GraphQLFieldResolver<unknown, Run> {
  const { api, read, resolverOf } = options;
  return (source, args, run, info) => {
    const { fieldName, parentType } = info;
    const mayAsk = mayRead(read, run.caller, info) && mayCall(read, run.caller, info);
    if (!mayAsk) throw notAuthorized(parentType.name, fieldName);
    const resolver = resolverOf(`${parentType.name}.${fieldName}`);
    if (!resolver) return readMember(source, fieldName);
    return resolveField(resolver, { source, args, info, run, environment: api.environment });
  };
}

/** Reads fields of what a mutation has answered: for its subscribers. */
export function createDelivery(read: AppSyncSchema): GraphQLFieldResolver<unknown, AppSyncCaller> {
  return (source, _args, caller, info) => {
    if (mayRead(read, caller, info)) return readMember(source, info.fieldName);
    throw notAuthorized(info.parentType.name, info.fieldName);
  };
}

type Where = Pick<GraphQLResolveInfo, 'parentType' | 'fieldName'>;

function mayRead(read: AppSyncSchema, { mode }: AppSyncCaller, { parentType, fieldName }: Where) {
  return read.isOpenTo(mode, parentType.name, fieldName);
}

/** A signer's policies name the fields it may begin with. */
function mayCall(read: AppSyncSchema, caller: AppSyncCaller, { parentType, fieldName }: Where) {
  if (!caller.mayCall || !read.isRoot(parentType.name)) return true;
  return caller.mayCall(parentType.name, fieldName);
}

/** A field without a resolver is a member of what its parent was resolved to. */
function readMember(source: unknown, name: string): unknown {
  if (typeof source !== 'object' || source === null) return null;
  return (source as Readonly<Record<string, unknown>>)[name] ?? null;
}
