import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import { isIncluded, setOf } from './selection.ts';

type Info = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'variableValues'>;

/** What an error's `data` may show: what the client has selected of the field. */
export function select(data: unknown, info: Info): unknown {
  if (data === null || typeof data !== 'object') return data;
  if (Array.isArray(data)) return data.map((one) => select(one, info));
  const fields = info.fieldNodes.flatMap((node) => fieldsOf(node, info));
  if (fields.length === 0) return data;
  const all = data as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    fields.map((node) => [
      (node.alias ?? node.name).value,
      select(all[node.name.value] ?? null, { ...info, fieldNodes: [node] }),
    ]),
  );
}

function fieldsOf(node: Pick<FieldNode, 'selectionSet'>, info: Info): FieldNode[] {
  return (node.selectionSet?.selections ?? []).flatMap((selection) => {
    if (!isIncluded(selection, info)) return [];
    if (selection.kind === 'Field') return [selection];
    const selectionSet = setOf(selection, info.fragments);
    return selectionSet ? fieldsOf({ selectionSet }, info) : [];
  });
}
