import { ACCOUNT, PARTITION, REGION, URL_SUFFIX } from '#local/cloud/account.ts';
import { StartError } from '#local/startError.ts';
import type { Exports } from './exports.ts';
import { evaluate, type Lookup } from './intrinsics.ts';
import { REFERENCES, type Reference, type Referred } from './references.ts';
import { nameOf, type Resource, type ResourceName, type Stack } from './template.ts';

/** What only this laptop knows. */
export interface Surroundings {
  /** Physical names other than `<stack>-<logical id>`, by `<stack>/<logical id>`. */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /** Where an HTTP API is served: `http://127.0.0.1:4000`. */
  urlOf(api: ResourceName): string;
}

/** What intrinsic functions find in one stack. */
export interface StackLookup extends Lookup {
  /** What others would be given of one of its resources. */
  identify(id: string): Pick<Resource, 'ref' | 'attributes'>;
}

export function createStackLookup(
  stack: Stack,
  { names, urlOf }: Surroundings,
  exports: Exports,
): StackLookup {
  const { name, template } = stack;
  const refer = (id: string): Referred => ({
    stack: name,
    id,
    property(key) {
      const value = template.Resources[id]?.Properties?.[key];
      const where = `${nameOf({ stack: name, id })}: property ${key}`;
      return value === undefined ? undefined : evaluate(value, where, lookup);
    },
    defaultName: names?.[nameOf({ stack: name, id })] ?? `${name}-${id}`,
    url: () => urlOf({ stack: name, id }),
  });
  const lookup: StackLookup = {
    ref(id, where) {
      if (id.startsWith('AWS::')) return pseudoParameter(id, name, where);
      if (template.Parameters?.[id]) return readDefault(stack, id, where);
      return findReference(stack, id, where).ref(refer(id));
    },
    attribute(id, attribute, where) {
      const read = findReference(stack, id, where).attributes[attribute];
      if (read) return read(refer(id));
      const type = template.Resources[id]?.Type;
      throw new StartError(`${where}: ${attribute} of ${type} isn't known on a laptop.`);
    },
    importValue: (exported, where) => exports.read(exported, where),
    identify(id) {
      const reference = REFERENCES[template.Resources[id]?.Type ?? ''];
      const referred = refer(id);
      const attributes = Object.entries(reference?.attributes ?? {});
      return {
        ref: reference?.ref(referred) ?? referred.defaultName,
        attributes: Object.fromEntries(attributes.map(([key, read]) => [key, read(referred)])),
      };
    },
  };
  return lookup;
}

function findReference({ name, template }: Stack, id: string, where: string): Reference {
  const type = template.Resources[id]?.Type;
  if (!type) throw new StartError(`${where} refers to ${id}, which isn't in ${name}.`);
  const reference = REFERENCES[type];
  if (reference) return reference;
  throw new StartError(
    `${where} refers to ${id}, but what refers to ${type} gets isn't known on a laptop.`,
  );
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
