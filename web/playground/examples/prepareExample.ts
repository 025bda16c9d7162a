import { GraphqlFailure } from '#web/playground/graphqlFailure.ts';
import type { Example, LookedUp, Variables } from './example.ts';

/** An example ready for the editor, with what has to be said about it. */
export interface PreparedExample {
  readonly operation: string;
  readonly variables: Variables | undefined;
  readonly notice: string | null;
}

/**
 * Fills an example's variables with the viewer's own data. `ask` runs a query as the viewer and
 * may reject with a GraphqlFailure: the example then opens with placeholders.
 */
export async function prepareExample(
  { operation, variables, lookup }: Example,
  ask: (operation: string) => Promise<LookedUp>,
): Promise<PreparedExample> {
  if (!lookup) return { operation, variables, notice: null };
  try {
    const found = lookup.variables(await ask(lookup.operation));
    return found
      ? { operation, variables: found, notice: null }
      : { operation, variables, notice: lookup.missing };
  } catch (error) {
    if (!(error instanceof GraphqlFailure)) throw error;
    return { operation, variables, notice: error.message };
  }
}
