import { StartError } from '#local/startError.ts';
import { isFunction, PLACEHOLDER, splitAttribute } from './intrinsics.ts';
import type { Stack, TemplateResource, TemplateValue } from './template.ts';

/** Where a resource names another one: logical id → property. */
type Mentions = Map<string, string>;

/** @throws StartError when resources of a stack need each other: CloudFormation could create none of them first. */
export function refuseCircles({ name: stack, template: { Resources } }: Stack): void {
  const mentions = new Map<string, Mentions>();
  for (const [id, resource] of Object.entries(Resources)) mentions.set(id, mentionsOf(resource));
  const cleared = new Set<string>();
  const visit = (id: string, way: readonly string[]): void => {
    if (cleared.has(id)) return;
    for (const [other, property] of mentions.get(id) ?? []) {
      const circle = [...way, id, other];
      if (!way.includes(other) && other !== id) visit(other, [...way, id]);
      else throw new StartError(explain(stack, id, property, circle.slice(circle.indexOf(other))));
    }
    cleared.add(id);
  };
  for (const id of mentions.keys()) visit(id, []);
}

function explain(stack: string, id: string, property: string, circle: readonly string[]): string {
  return `${stack}/${id}: ${property} closes a circle, ${circle.join(' → ')}: none of them can be created first.`;
}

function mentionsOf({ Properties = {}, DependsOn = [] }: TemplateResource): Mentions {
  const mentions: Mentions = new Map();
  for (const id of [DependsOn].flat()) mentions.set(id, 'DependsOn');
  for (const [name, value] of Object.entries(Properties)) {
    collect(value, (id) => mentions.set(id, `property ${name}`));
  }
  return mentions;
}

function collect(value: TemplateValue, mention: (id: string) => void): void {
  if (value === null || typeof value !== 'object') return;
  for (const [name, inner] of Object.entries(value)) {
    if (isFunction(name)) for (const id of mentionedBy(name, inner)) mention(id);
    collect(inner, mention);
  }
}

function mentionedBy(name: string, argument: TemplateValue): string[] {
  if (name === 'Ref') return [String(argument)];
  if (name === 'Fn::GetAtt') return [splitAttribute(argument)[0]];
  if (name !== 'Fn::Sub') return [];
  const [text] = [argument].flat();
  return [...String(text).matchAll(PLACEHOLDER)].map(([, one = '']) => splitAttribute(one)[0]);
}
