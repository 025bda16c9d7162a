import type { Executed } from '#local/appsync/execution/execute.ts';
import type { Ready } from '#local/appsync/execution/prepare.ts';
import type { AppSyncSchema } from '#local/appsync/execution/schema.ts';
import { rootFields } from '#local/appsync/execution/selection.ts';
import type { ExtensionCall } from '#local/appsync/sandbox/outcome.ts';
import type { Subscriptions } from './subscriptions.ts';

/** At most this many by one request. https://docs.aws.amazon.com/appsync/latest/devguide/extensions-js.html */
const MAX_INVALIDATIONS = 5;

interface Publishing {
  readonly subscriptions: Subscriptions;
  readonly schema: AppSyncSchema;
}

/** Tells subscribers what a mutation has answered: the fields that it has selected, and no others. */
export function publishResults(
  { subscriptions, schema }: Publishing,
  { operation, document }: Ready,
  { answer, extensions }: Executed,
): void {
  if (operation.operation !== 'mutation') return;
  for (const { name, alias } of rootFields(operation.selectionSet, document)) {
    const value = answer.data?.[(alias ?? name).value] ?? null;
    if (value === null) continue;
    for (const field of schema.subscriptionsOf(name.value)) subscriptions.publish(field, value);
  }
  const invalidations = extensions.filter(({ name }) => name === 'invalidateSubscriptions');
  for (const call of invalidations.slice(0, MAX_INVALIDATIONS)) invalidate(subscriptions, call);
}

function invalidate(subscriptions: Subscriptions, { given }: ExtensionCall): void {
  const [asked] = given as [{ readonly subscriptionField: string; readonly payload: unknown }];
  subscriptions.invalidate(asked.subscriptionField, asked.payload);
}
