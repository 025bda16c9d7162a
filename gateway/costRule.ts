import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { COST_ASSUMPTIONS } from './limits.ts';

/**
 * Refuses operations that could answer with more than `maxCost` objects. An object counts 1, what is
 * below a list counts once for each item the list may have. A memo's body and tasks count as many
 * objects each; other fields without fields of their own and introspection are free.
 */
export function costRule(maxCost: number): ValidationRule {
  return (context) => {
    const costs = createCosts(context);
    return {
      OperationDefinition({ operation, selectionSet }) {
        const cost = costs.ofSelections(selectionSet, context.getSchema().getRootType(operation));
        if (cost <= maxCost) return;
        const message = `Expected an operation that answers with at most ${maxCost} objects, by estimate it could be ${cost}. Ask for smaller pages, fewer nested lists, or fewer bodies and tasks.`;
        context.reportError(new GraphQLError(message));
      },
    };
  };
}

type Type = GraphQLNamedType | null | undefined;

function createCosts(context: ValidationContext) {
  const schema = context.getSchema();
  // Each fragment is reckoned once for inside and once for outside a page, so that fragments which
  // spread others twice stay cheap to check; one that spreads itself is refused by another rule.
  const fragments = new Map<string, number>();

  const ofSelections = ({ selections }: SelectionSetNode, type: Type, inPage = false): number =>
    selections.reduce((sum, selection) => sum + ofSelection(selection, type, inPage), 0);

  function ofSelection(selection: SelectionNode, type: Type, inPage: boolean): number {
    if (selection.kind === Kind.FIELD) return ofField(selection, type, inPage);
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      return ofFragment(context.getFragment(selection.name.value), inPage);
    }
    const condition = selection.typeCondition?.name.value;
    const inner = condition === undefined ? type : schema.getType(condition);
    return ofSelections(selection.selectionSet, inner, inPage);
  }

  function ofFragment(fragment: Fragment, inPage: boolean): number {
    if (!fragment) return 0;
    const key = `${inPage}:${fragment.name.value}`;
    const known = fragments.get(key);
    if (known !== undefined) return known;
    fragments.set(key, 0);
    const type = schema.getType(fragment.typeCondition.name.value);
    const cost = ofSelections(fragment.selectionSet, type, inPage);
    fragments.set(key, cost);
    return cost;
  }

  function ofField(field: FieldNode, parent: Type, inPage: boolean): number {
    const definition = definitionOf(field, parent);
    if (!definition) return 0;
    const heavy = heavyFields(parent)?.[definition.name];
    if (heavy !== undefined) return heavy;
    if (!field.selectionSet) return 0;
    const pageSize = readPageSize(field, definition);
    const type = getNamedType(definition.type);
    const below = ofSelections(field.selectionSet, type, pageSize !== undefined);
    if (pageSize !== undefined) return 1 + pageSize * below;
    const isList = isListType(getNullableType(definition.type));
    return (isList && !inPage ? COST_ASSUMPTIONS.listLength : 1) * (1 + below);
  }

  return { ofSelections };
}

type Fragment = FragmentDefinitionNode | null | undefined;

function definitionOf({ name }: FieldNode, parent: Type) {
  return isObjectType(parent) ? parent.getFields()[name.value] : undefined;
}

function heavyFields(parent: Type): Readonly<Record<string, number>> | undefined {
  return parent?.name === 'Memo' ? COST_ASSUMPTIONS.heavyMemoFields : undefined;
}

/** How many items a page holds, or undefined for a field that isn't a page. */
function readPageSize(
  field: FieldNode,
  { args }: GraphQLField<unknown, unknown>,
): number | undefined {
  const definition = args.find((argument) => argument.name === 'first');
  if (!definition) return undefined;
  const { largestPageSize, pageSize } = COST_ASSUMPTIONS;
  const value = field.arguments?.find((argument) => argument.name.value === 'first')?.value;
  if (value?.kind === Kind.VARIABLE) return largestPageSize;
  // A size out of range is left to the subgraph, whose message says what is allowed.
  if (value?.kind === Kind.INT) return clamp(Number(value.value), largestPageSize);
  return typeof definition.defaultValue === 'number' ? definition.defaultValue : pageSize;
}

function clamp(size: number, largest: number): number {
  return Math.max(0, Math.min(size, largest));
}
