import { type FieldNode, type GraphQLObjectType, getArgumentValues } from 'graphql';
import type { Log } from '#domain/log.ts';
import type { Asking, Executor, GraphQLAnswer } from '#local/appsync/execution/execute.ts';
import type { GraphQLRequest, Prepared } from '#local/appsync/execution/prepare.ts';
import type { AppSyncError } from '#local/appsync/execution/problems.ts';
import type { AppSyncSchema } from '#local/appsync/execution/schema.ts';
import { rootFields } from '#local/appsync/execution/selection.ts';
import type { Subscriptions } from './subscriptions.ts';

/** https://docs.aws.amazon.com/general/latest/gr/appsync.html: a payload is at most this long. */
export const MAX_PAYLOAD_BYTES = 240 * 1024;

/** Hears of a subscription. */
export interface Subscriber {
  /** @param payload with the fields that the subscriber has selected; what the mutation did not select is null */
  deliver(payload: GraphQLAnswer): void;
  /** It was invalidated. */
  end(): void;
}

export type Started =
  | { readonly kind: 'STARTED'; stop(): void }
  | { readonly kind: 'REFUSED'; readonly errors: readonly AppSyncError[] };

export type Subscribe = (
  request: GraphQLRequest,
  asking: Asking,
  subscriber: Subscriber,
) => Promise<Started>;

export interface SubscribeParts {
  readonly executor: Executor;
  readonly schema: AppSyncSchema;
  readonly subscriptions: Subscriptions;
  readonly log: Log;
}

/** Runs a subscription's resolver once: it refuses, or sets filters for all that comes. */
export function createSubscribe({
  executor,
  schema,
  subscriptions,
  log,
}: SubscribeParts): Subscribe {
  return async (request, asking, subscriber) => {
    const ready = executor.prepare(request);
    if (ready.kind === 'REFUSED') return ready;
    const type = schema.schema.getSubscriptionType();
    const [node] = rootFields(ready.operation.selectionSet, ready.document);
    if (ready.operation.operation !== 'subscription' || !type || !node) return NO_SUBSCRIPTION;
    const { answer, extensions } = await executor.execute(ready, request.variables, asking);
    if (answer.errors) return { kind: 'REFUSED', errors: answer.errors };
    const field = node.name.value;
    const stop = subscriptions.add({
      field,
      args: readArguments(type, node, request),
      extensions,
      end: subscriber.end,
      deliver(value) {
        const payload = executor.deliver(ready, request.variables, asking, { [field]: value });
        const bytes = Buffer.byteLength(JSON.stringify(payload));
        if (bytes <= MAX_PAYLOAD_BYTES) subscriber.deliver(payload);
        else log({ level: 'warn', message: 'payload too large for subscribers', field, bytes });
      },
    });
    return { kind: 'STARTED', stop };
  };
}

/** As the client gave them: what it left out is no filter, unless the schema has a default. */
function readArguments(
  type: GraphQLObjectType,
  node: FieldNode,
  { variables }: GraphQLRequest,
): Readonly<Record<string, unknown>> {
  const definition = type.getFields()[node.name.value];
  return definition ? getArgumentValues(definition, node, variables) : {};
}

const NO_SUBSCRIPTION: Extract<Prepared, { kind: 'REFUSED' }> = {
  kind: 'REFUSED',
  errors: [
    {
      path: null,
      locations: null,
      message: 'Only subscriptions are supported through the real-time channel.',
      errorType: 'UnsupportedOperation',
    },
  ],
};
