import { beforeAll, describe, expect, test } from '@jest/globals';
import { type SynthesizedStack, synthesize, useOutputFolders } from './stacks.ts';

const outputFolder = useOutputFolders();
let stacks: SynthesizedStack[];
beforeAll(async () => {
  stacks = await synthesize('prod', outputFolder());
});

describe('the stacks', () => {
  test('deploy in this order, each after those it names', () => {
    const order = stacks.map(({ name, after }) => [name, ...after.toSorted()]);
    expect(order).toEqual([
      ['MemopadAuth-prod'],
      ['MemopadMemo-prod', 'MemopadAuth-prod'],
      ['MemopadAppSync-prod', 'MemopadAuth-prod', 'MemopadMemo-prod'],
      ['MemopadFederated-prod', 'MemopadAuth-prod', 'MemopadMemo-prod'],
      [
        'MemopadLive-prod',
        'MemopadAppSync-prod',
        'MemopadAuth-prod',
        'MemopadFederated-prod',
        'MemopadMemo-prod',
      ],
    ]);
  });

  test('do without the AppSync door where it is left out', async () => {
    const without = await synthesize('dev', outputFolder(), { appSync: false });
    expect(without.map(({ name }) => name)).not.toContain('MemopadAppSync-dev');
    expect(without.map(({ text }) => text).join('')).not.toMatch(/APPSYNC_URL|appsync/i);
  });

  test('import only what a stack before them exports', () => {
    const exported = new Set<string>();
    for (const stack of stacks) {
      for (const name of importsOf(stack)) expect([...exported]).toContain(name);
      for (const name of exportsOf(stack)) exported.add(name);
    }
    expect(exported.size).toBeGreaterThan(0);
  });

  test('export nothing that nobody imports', () => {
    const imported = new Set(stacks.flatMap(importsOf));
    expect(new Set(stacks.flatMap(exportsOf))).toEqual(imported);
  });

  test('refer inside of a template only to what is in it', () => {
    for (const { name, template } of stacks) {
      const known = new Set(['BootstrapVersion', ...Object.keys(template.Resources)]);
      const missing = referencesIn(template).filter(
        (id) => !known.has(id) && !id.startsWith('AWS::'),
      );
      expect([name, missing]).toEqual([name, []]);
    }
  });
});

function importsOf({ text }: SynthesizedStack): string[] {
  return [...text.matchAll(/"Fn::ImportValue": "([^"]+)"/g)].map(([, name = '']) => name);
}

function exportsOf({ template }: SynthesizedStack): string[] {
  return Object.values(template.Outputs ?? {}).flatMap(({ Export }) => Export?.Name ?? []);
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'Fn::GetAtt') return [String(inner[0])];
    if (key === 'DependsOn') return [inner].flat().map(String);
    return referencesIn(inner);
  });
}
