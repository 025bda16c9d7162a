import { StartError } from '#local/startError.ts';
import type { TemplateValue } from './template.ts';

/** What intrinsic functions ask for. `where` is for messages: `Stack/Resource: property A.B`. */
export interface Lookup {
  /** `Ref`: a resource, a parameter or a pseudo parameter; undefined for `AWS::NoValue`. */
  ref(id: string, where: string): unknown;
  /** `Fn::GetAtt`. */
  attribute(id: string, name: string, where: string): unknown;
  /** `Fn::ImportValue`. */
  importValue(name: string, where: string): unknown;
}

type Values = { readonly [name: string]: TemplateValue };
type Intrinsic = (argument: TemplateValue, where: string, lookup: Lookup) => unknown;

/**
 * Turns a value of a template into what CloudFormation would hand to a service: intrinsic functions
 * become values, and what is `AWS::NoValue` is gone.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 * @param where how messages call the value's place
 * @throws StartError for every function that isn't among the ones below
 */
export function evaluate(value: TemplateValue, where: string, lookup: Lookup): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map((one) => evaluate(one, where, lookup)).filter(isValue);
  const [name = '', ...others] = Object.keys(value);
  if (!isFunction(name) || others.length > 0) return evaluateEach(value, where, lookup);
  const intrinsic = INTRINSICS[name];
  if (intrinsic) return intrinsic(value[name] ?? null, where, lookup);
  throw new StartError(`${where}: ${name} is not supported on a laptop.`);
}

/** `Ref` and everything that begins with `Fn::`. */
export const isFunction = (name: string): boolean => name === 'Ref' || name.startsWith('Fn::');

/** The placeholders of `Fn::Sub`; `${!Literal}` stands for `${Literal}`. */
export const PLACEHOLDER = /\$\{([^}!][^}]*)\}/g;

/** `Resource.Attribute`, whose attribute may have dots itself, or `[Resource, Attribute]`. */
export function splitAttribute(argument: unknown): readonly [id: string, name: string] {
  if (Array.isArray(argument)) return [String(argument[0]), String(argument[1])];
  const [id = '', ...name] = String(argument).split('.');
  return [id, name.join('.')];
}

function evaluateEach(values: Values, where: string, lookup: Lookup): unknown {
  const entries = Object.entries(values).map(([name, value]) => {
    if (isFunction(name)) throw new StartError(`${where}: expected ${name} to stand alone.`);
    return [name, evaluate(value, `${where}.${name}`, lookup)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => isValue(value)));
}

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (id, where, lookup) => lookup.ref(String(id), where),
  'Fn::GetAtt': (argument, where, lookup) =>
    lookup.attribute(...splitAttribute(evaluate(argument, where, lookup)), where),
  'Fn::ImportValue': (argument, where, lookup) =>
    lookup.importValue(String(evaluate(argument, where, lookup)), where),
  'Fn::Join': (argument, where, lookup) => {
    const [separator, parts] = readPair(argument, where, 'Fn::Join');
    return readList(evaluate(parts, where, lookup), where, 'Fn::Join').join(String(separator));
  },
  'Fn::Split': (argument, where, lookup) => {
    const [separator, text] = readPair(argument, where, 'Fn::Split');
    return String(evaluate(text, where, lookup)).split(String(separator));
  },
  'Fn::Select': (argument, where, lookup) => {
    const [index, list] = readPair(argument, where, 'Fn::Select');
    const found = readList(evaluate(list, where, lookup), where, 'Fn::Select')[Number(index)];
    if (found !== undefined) return found;
    throw new StartError(`${where}: expected Fn::Select to find an element ${String(index)}.`);
  },
  'Fn::Sub': (argument, where, lookup) => {
    const [text, own] = isList(argument) ? [argument[0], argument[1]] : [argument, {}];
    const values = evaluate(own ?? {}, where, lookup) as Readonly<Record<string, unknown>>;
    return substitute(String(text), where, (name) => {
      if (Object.hasOwn(values, name)) return values[name];
      if (!name.includes('.')) return lookup.ref(name, where);
      return lookup.attribute(...splitAttribute(name), where);
    });
  },
};

function substitute(text: string, where: string, find: (name: string) => unknown): string {
  const filled = text.replace(PLACEHOLDER, (_, name: string) => {
    const value = find(name.trim());
    if (typeof value !== 'object' && value !== undefined) return String(value);
    throw new StartError(`${where}: expected \${${name}} to be one value.`);
  });
  return filled.replaceAll('${!', '${');
}

function readPair(argument: TemplateValue, where: string, name: string) {
  if (isList(argument) && argument.length === 2) return argument as [TemplateValue, TemplateValue];
  throw new StartError(`${where}: expected ${name} to have two arguments.`);
}

function readList(value: unknown, where: string, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new StartError(`${where}: expected ${name} to have a list.`);
}

const isList = (value: TemplateValue | undefined): value is readonly TemplateValue[] =>
  Array.isArray(value);

const isValue = (value: unknown): boolean => value !== undefined;
