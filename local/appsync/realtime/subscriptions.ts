import type { ExtensionCall } from '#local/appsync/sandbox/outcome.ts';
import { type FilterSet, matchesArguments, matchesFilters } from './filters.ts';

/** Somebody who wants to hear of a field. */
export interface Subscription {
  /** Of the type Subscription. */
  readonly field: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** What its resolver said by `extensions.*`. */
  readonly extensions: readonly ExtensionCall[];
  deliver(value: unknown): void;
  /** It was invalidated. */
  end(): void;
}

/** Who is subscribed to what. */
export interface Subscriptions {
  /** @returns what ends it */
  add(subscription: Subscription): () => void;
  publish(field: string, value: unknown): void;
  /** Ends the subscriptions of a field whose invalidation filter the payload matches. */
  invalidate(field: string, payload: unknown): void;
}

export function createSubscriptions(): Subscriptions {
  const all = new Set<Subscription>();
  const of = (field: string): Subscription[] => [...all].filter((one) => one.field === field);
  return {
    add(subscription) {
      all.add(subscription);
      return () => all.delete(subscription);
    },
    publish(field, value) {
      for (const one of of(field)) if (wants(one, value)) one.deliver(value);
    },
    invalidate(field, payload) {
      for (const one of of(field)) {
        if (!isInvalidated(one, payload)) continue;
        all.delete(one);
        one.end();
      }
    },
  };
}

/** Enhanced filters stand instead of the arguments'. */
function wants({ args, extensions }: Subscription, value: unknown): boolean {
  const filters = filtersOf(extensions, 'setSubscriptionFilter');
  if (filters.length === 0) return matchesArguments(args, value);
  return filters.every((filter) => matchesFilters(filter, value));
}

function isInvalidated({ extensions }: Subscription, payload: unknown): boolean {
  const filters = filtersOf(extensions, 'setSubscriptionInvalidationFilter');
  return filters.some((filter) => matchesFilters(filter, payload));
}

function filtersOf(calls: readonly ExtensionCall[], name: ExtensionCall['name']): FilterSet[] {
  return calls.flatMap((call) => (call.name === name ? [call.given[0] as FilterSet] : []));
}
