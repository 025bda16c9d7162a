import { refuseCircles } from './circles.ts';
import { createExports, type Exports } from './exports.ts';
import { evaluate } from './intrinsics.ts';
import { createLocalizer } from './localize.ts';
import { createStackLookup, type StackLookup, type Surroundings } from './lookup.ts';
import { refuseSameNames } from './sameNames.ts';
import { nameOf, type Resource, type Stack, type TemplateValue } from './template.ts';

export interface ResolvedStack {
  readonly name: string;
  /** In the order of the template. */
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

/**
 * Gives every property and output its value, stack after stack, as CloudFormation does when it
 * deploys them in this order.
 * @throws StartError naming the stack, the resource and the property that can't have one
 */
export function resolveStacks(
  stacks: readonly Stack[],
  surroundings: Surroundings,
): ResolvedStack[] {
  const exports = createExports(stacks);
  const localize = createLocalizer(stacks, surroundings);
  const resolved = stacks.map((stack) => {
    refuseCircles(stack);
    const lookup = createStackLookup(stack, surroundings, exports);
    const give: Give = (value, where) => localize(evaluate(value, where, lookup));
    const resources = Object.keys(stack.template.Resources).map((id) =>
      resolveResource(stack, id, give, lookup),
    );
    return { name: stack.name, resources, outputs: resolveOutputs(stack, give, exports) };
  });
  refuseSameNames(resolved.flatMap(({ resources }) => resources));
  return resolved;
}

type Give = (value: TemplateValue, where: string) => unknown;

function resolveResource(
  { name: stack, template }: Stack,
  id: string,
  give: Give,
  lookup: StackLookup,
): Resource {
  const { Type: type = '', Properties = {} } = template.Resources[id] ?? {};
  const where = `${nameOf({ stack, id })}: property`;
  const properties = Object.entries(Properties).flatMap(([name, value]) => {
    const found = give(value, `${where} ${name}`);
    return found === undefined ? [] : [[name, found]];
  });
  const { ref, attributes } = lookup.identify(id);
  return { stack, id, type, properties: Object.fromEntries(properties), ref, attributes };
}

function resolveOutputs({ name: stack, template }: Stack, give: Give, exports: Exports) {
  const entries = Object.entries(template.Outputs ?? {}).map(([id, { Value, Export }]) => {
    const where = `${stack}: output ${id}`;
    const value = give(Value, where);
    if (Export) exports.add(String(give(Export.Name, where)), value, stack);
    return [id, value];
  });
  return Object.fromEntries(entries);
}
