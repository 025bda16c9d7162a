import { isDeepStrictEqual } from 'node:util';
import { StartError } from '#local/startError.ts';
import { nameOf, type Resource } from './template.ts';

/** What becomes of a property on a laptop. */
export type Knowledge = Used | Ignored | Within;

interface Used {
  readonly kind: 'used';
  /** The file or folder of local/cloud/ that reads it, and refuses what it can't do. */
  readonly by: string;
  /** The only values we can do, if not every one. */
  readonly only?: readonly unknown[];
}

interface Ignored {
  readonly kind: 'ignored';
  readonly because: string;
  /** The only values that may be ignored for this reason, if not every one. */
  readonly only?: readonly unknown[];
}

/** An object, or each object of a list, whose properties are known one by one. */
interface Within {
  readonly kind: 'within';
  readonly properties: KnownProperties;
}

export type KnownProperties = Readonly<Record<string, Knowledge>>;

export const used = (by: string, only?: readonly unknown[]): Used => ({
  kind: 'used',
  by,
  ...(only && { only }),
});

export const ignored = (because: string, only?: readonly unknown[]): Ignored => ({
  kind: 'ignored',
  because,
  ...(only && { only }),
});

export const within = (properties: KnownProperties): Within => ({ kind: 'within', properties });

/** @throws StartError naming the first property of a resource that we don't know, or whose value we can't do */
export function checkProperties(resource: Resource, known: KnownProperties): void {
  checkEach(resource, resource.properties, known, '');
}

function checkEach(resource: Resource, values: object, known: KnownProperties, path: string): void {
  for (const [name, value] of Object.entries(values)) {
    const knowledge = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!knowledge) refuse(resource, `${path}${name}`, '');
    else check(resource, value, knowledge, `${path}${name}`);
  }
}

function check(resource: Resource, value: unknown, knowledge: Knowledge, path: string): void {
  if (knowledge.kind === 'within') {
    for (const one of [value].flat()) {
      checkEach(resource, Object(one), knowledge.properties, `${path}.`);
    }
    return;
  }
  const { only } = knowledge;
  if (!only || only.some((one) => isDeepStrictEqual(one, value))) return;
  const expected = only.map((one) => JSON.stringify(one)).join(' or ');
  refuse(resource, path, ` with ${JSON.stringify(value)}, only with ${expected}`);
}

function refuse(resource: Resource, path: string, how: string): never {
  throw new StartError(
    `${nameOf(resource)}: property ${path} of ${resource.type} is not supported on a laptop${how}.`,
  );
}

/** What is knowingly ignored, one line each: `Replicas.Region: because …`. */
export function listIgnored(known: KnownProperties, path = ''): string[] {
  return Object.entries(known).flatMap(([name, knowledge]) => {
    if (knowledge.kind === 'within') return listIgnored(knowledge.properties, `${path}${name}.`);
    return knowledge.kind === 'ignored' ? [`${path}${name}: ${knowledge.because}`] : [];
  });
}
