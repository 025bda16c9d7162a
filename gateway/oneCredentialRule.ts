import { GraphQLError, Kind, type SelectionSetNode, type ValidationContext } from 'graphql';
import { CREDENTIAL_FIELDS, LIMITS } from './limits.ts';

/**
 * Refuses operations with more than one field that takes a secret, under whatever alias or fragment:
 * otherwise one request could try many passwords.
 */
export function oneCredentialRule(context: ValidationContext) {
  const count = createCount(context);
  return {
    OperationDefinition({ selectionSet }: { selectionSet: SelectionSetNode }) {
      const found = count(selectionSet);
      if (found <= LIMITS.credentialFields) return;
      const names = CREDENTIAL_FIELDS.join(', ');
      const message = `Expected at most one of ${names} in an operation, got ${found}.`;
      context.reportError(new GraphQLError(message));
    },
  };
}

/** Counts in the operation itself and in its fragments; these fields exist nowhere deeper. */
function createCount(context: ValidationContext): (set: SelectionSetNode) => number {
  // A fragment is counted once; 0 meanwhile ends one that spreads itself, which another rule refuses.
  const fragments = new Map<string, number>();
  const count = ({ selections }: SelectionSetNode): number => {
    let found = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) found += countFragment(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) found += count(selection.selectionSet);
      else if (CREDENTIAL_FIELDS.includes(selection.name.value)) found += 1;
    }
    return found;
  };
  const countFragment = (name: string): number => {
    const known = fragments.get(name);
    if (known !== undefined) return known;
    fragments.set(name, 0);
    const fragment = context.getFragment(name);
    const found = fragment ? count(fragment.selectionSet) : 0;
    fragments.set(name, found);
    return found;
  };
  return count;
}
