import { StartError } from '#local/startError.ts';
import { checkProperties, listIgnored } from './knowledge.ts';
import { IGNORED_TYPES, KNOWN_TYPES } from './knownTypes.ts';
import { nameOf, type Resource, type Stack } from './template.ts';

/** What a template may say besides its resources' properties. */
const IGNORED_SECTIONS: Readonly<Record<string, string>> = {
  AWSTemplateFormatVersion: 'there is only one',
  Description: 'only people read it',
  Metadata: 'only tools read it',
};
const USED_SECTIONS = new Set(['Resources', 'Outputs', 'Parameters']);

/** What CDK itself puts into the sections that otherwise nobody may use. */
const IGNORED_ENTRIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Conditions: { CDKMetadataAvailable: "it is for CDK's own metadata" },
  Rules: { CheckBootstrapVersion: 'nothing was bootstrapped' },
};

const IGNORED_ATTRIBUTES: Readonly<Record<string, string>> = {
  DeletionPolicy: 'a laptop keeps its data until --reset',
  Metadata: 'only tools read it',
  UpdateReplacePolicy: 'a laptop keeps its data until --reset',
};
const USED_ATTRIBUTES = new Set(['Type', 'Properties', 'DependsOn']);

/** @throws StartError naming the first thing of a template, other than a property, that we don't know */
export function checkTemplate({ name: stack, template }: Stack): void {
  for (const section of Object.keys(template)) checkSection(stack, section, template[section]);
  for (const [id, resource] of Object.entries(template.Resources)) {
    const name = nameOf({ stack, id });
    if (isIn(IGNORED_TYPES, resource.Type)) continue;
    if (!isIn(KNOWN_TYPES, resource.Type)) refuse(`${name}: ${resource.Type}`);
    for (const attribute of Object.keys(resource)) {
      const isKnown = USED_ATTRIBUTES.has(attribute) || isIn(IGNORED_ATTRIBUTES, attribute);
      if (!isKnown) refuse(`${name}: ${attribute}`);
    }
  }
}

function checkSection(stack: string, section: string, content: unknown): void {
  if (USED_SECTIONS.has(section) || isIn(IGNORED_SECTIONS, section)) return;
  const ignored = IGNORED_ENTRIES[section] ?? {};
  const other = Object.keys(Object(content)).find((entry) => !isIn(ignored, entry));
  if (other) refuse(`${stack}: ${section}.${other}`);
}

const isIn = (record: object, name: string): boolean => Object.hasOwn(record, name);

function refuse(what: string): never {
  throw new StartError(`${what} is not supported on a laptop.`);
}

/** @throws StartError naming the resource and the property that we don't know, or whose value we can't do */
export function checkResource(resource: Resource): void {
  const known = KNOWN_TYPES[resource.type];
  if (known) checkProperties(resource, known);
}

/** Everything that templates may say and a laptop doesn't do, with the reason. */
export function describeIgnored(): string {
  const withReasons = (reasons: Readonly<Record<string, string>>, path = ''): string[] =>
    Object.entries(reasons).map(([name, reason]) => `${path}${name}: ${reason}`);
  const entries = Object.entries(IGNORED_ENTRIES).flatMap(([section, reasons]) =>
    withReasons(reasons, `${section}.`),
  );
  const parts: (readonly [string, readonly string[]])[] = [
    ['of every template', [...withReasons(IGNORED_SECTIONS), ...entries]],
    ['of every resource', withReasons(IGNORED_ATTRIBUTES)],
    ['whole types', withReasons(IGNORED_TYPES)],
    ...Object.entries(KNOWN_TYPES).map(([type, known]) => [type, listIgnored(known)] as const),
  ];
  return parts
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => [title, ...lines].join('\n  '))
    .join('\n');
}
