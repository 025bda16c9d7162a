import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readAssembly } from '#local/cloud/template/assembly.ts';
import { useFolders } from '#tests/support/folder.ts';

const makeFolder = useFolders();

/** What `cdk synth` would write for stacks that depend on others: `{ B: ['A'] }`. */
function writeAssembly(stacks: Readonly<Record<string, readonly string[]>>): string {
  const folder = join(makeFolder(), 'cdk.out');
  const artifacts: Record<string, object> = { Tree: { type: 'cdk:tree' } };
  const write = (name: string, content: object) =>
    writeFileSync(join(folder, name), JSON.stringify(content));
  mkdirSync(folder);
  for (const [name, dependencies] of Object.entries(stacks)) {
    artifacts[`${name}.assets`] = {
      type: 'cdk:asset-manifest',
      properties: { file: `${name}.assets.json` },
    };
    artifacts[name] = {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: `${name}.template.json` },
      dependencies: [`${name}.assets`, ...dependencies],
    };
    const destinations = { here: { objectKey: `${name}.zip` } };
    const files = { hash: { source: { path: `../bundles/${name}` }, destinations } };
    write(`${name}.assets.json`, { files });
    write(`${name}.template.json`, { Description: name, Resources: {} });
  }
  write('manifest.json', { artifacts });
  return folder;
}

const namesIn = (folder: string) => readAssembly(folder).map(({ name }) => name);

test('stacks come in the order they deploy, else in the order of the app', () => {
  expect(namesIn(writeAssembly({ A: [], B: [], C: [] }))).toEqual(['A', 'B', 'C']);
  expect(namesIn(writeAssembly({ Last: ['Middle'], Middle: ['First'], First: [] }))).toEqual([
    'First',
    'Middle',
    'Last',
  ]);
});

test('stacks that depend on each other are refused', () => {
  expect(() => namesIn(writeAssembly({ A: ['B'], B: ['A'] }))).toThrow(
    'The stack A depends on itself.',
  );
});

test('a stack has its template and the folders of its assets', () => {
  const folder = writeAssembly({ A: [], B: ['A'] });
  const [, stack] = readAssembly(folder);
  expect(stack!.template.Description).toBe('B');
  expect(stack!.assetFolder('B.zip')).toBe(join(folder, '..', 'bundles', 'B'));
});

test('an asset that nobody made is told', () => {
  const [stack] = readAssembly(writeAssembly({ A: [] }));
  expect(() => stack!.assetFolder('other.zip')).toThrow(
    'Expected an asset of the stack A under the key other.zip.',
  );
});
