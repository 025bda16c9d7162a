import { ACCOUNT, PARTITION, REGION, URL_SUFFIX } from '#local/cloud/account.ts';
import { StartError } from '#local/startError.ts';
import { refuseCircles } from './circles.ts';
import { createExports, type Exports } from './exports.ts';
import { evaluate, type Lookup } from './intrinsics.ts';
import { createLocalizer } from './localize.ts';
import { REFERENCES, type Referred } from './references.ts';
import {
  nameOf,
  type Resource,
  type ResourceName,
  type Stack,
  type TemplateValue,
} from './template.ts';

export interface ResolvedStack {
  readonly name: string;
  /** In the order of the template. */
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What only this laptop knows. */
export interface Surroundings {
  /** Physical names other than `<stack>-<logical id>`, by `<stack>/<logical id>`. */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /** Where an HTTP API is served: `http://127.0.0.1:4000`. */
  urlOf(api: ResourceName): string;
}

/**
 * Gives every property and output its value, stack after stack, as CloudFormation does when it deploys them in this order.
 * @throws StartError naming the stack, the resource and the property that can't have one
 */
export function resolveStacks(
  stacks: readonly Stack[],
  surroundings: Surroundings,
): ResolvedStack[] {
  const exports = createExports(stacks);
  const localize = createLocalizer(stacks, surroundings);
  return stacks.map((stack) => {
    refuseCircles(stack);
    const lookup = createLookup(stack, surroundings, exports);
    const give = (value: TemplateValue, where: string): unknown =>
      localize(evaluate(value, where, lookup));
    const resources = resolveResources(stack, give);
    return { name: stack.name, resources, outputs: resolveOutputs(stack, give, exports) };
  });
}

type Give = (value: TemplateValue, where: string) => unknown;

function resolveResources({ name: stack, template }: Stack, give: Give): Resource[] {
  return Object.entries(template.Resources).map(([id, { Type: type, Properties = {} }]) => {
    const where = `${nameOf({ stack, id })}: property`;
    const entries = Object.entries(Properties).flatMap(([key, value]) => {
      const found = give(value, `${where} ${key}`);
      return found === undefined ? [] : [[key, found]];
    });
    return { stack, id, type, properties: Object.fromEntries(entries) };
  });
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

function createLookup(stack: Stack, surroundings: Surroundings, exports: Exports): Lookup {
  const { name, template } = stack;
  const find = (id: string, where: string) => {
    const resource = template.Resources[id];
    if (!resource) throw new StartError(`${where} refers to ${id}, which isn't in ${name}.`);
    const reference = REFERENCES[resource.Type];
    if (reference) return { reference, type: resource.Type, referred: refer(id, where) };
    throw new StartError(`${where} refers to ${id}, an ${resource.Type}: not known on a laptop.`);
  };
  const refer = (id: string, where: string): Referred => ({
    stack: name,
    id,
    property(key) {
      const value = template.Resources[id]?.Properties?.[key];
      return value === undefined ? undefined : evaluate(value, where, lookup);
    },
    defaultName: surroundings.names?.[nameOf({ stack: name, id })] ?? `${name}-${id}`,
    url: () => surroundings.urlOf({ stack: name, id }),
  });
  const lookup: Lookup = {
    ref(id, where) {
      if (id.startsWith('AWS::')) return pseudoParameter(id, name, where);
      if (template.Parameters?.[id]) return readDefault(stack, id, where);
      const { reference, referred } = find(id, where);
      return reference.ref(referred);
    },
    attribute(id, attribute, where) {
      const { reference, referred, type } = find(id, where);
      const read = reference.attributes[attribute];
      if (read) return read(referred);
      throw new StartError(`${where}: ${attribute} of ${type} isn't known on a laptop.`);
    },
    importValue: (exported, where) => exports.read(exported, where),
  };
  return lookup;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
function pseudoParameter(id: string, stackName: string, where: string): string | undefined {
  switch (id) {
    case 'AWS::AccountId':
      return ACCOUNT;
    case 'AWS::Region':
      return REGION;
    case 'AWS::Partition':
      return PARTITION;
    case 'AWS::URLSuffix':
      return URL_SUFFIX;
    case 'AWS::StackName':
      return stackName;
    case 'AWS::NoValue':
      return undefined;
    default:
      throw new StartError(`${where}: ${id} is not supported on a laptop.`);
  }
}

/** Nobody is asked for parameters: a template's own values must do. */
function readDefault({ template }: Stack, id: string, where: string): string {
  const { Type, Default } = template.Parameters?.[id] ?? { Type: 'none' };
  if (Type === 'String' && Default !== undefined) return Default;
  throw new StartError(`${where} refers to the parameter ${id}, a ${Type} without a value here.`);
}
