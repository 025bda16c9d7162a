import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { StartError } from '#local/startError.ts';
import type { Stack, Template } from './template.ts';

/** What we read of a cloud assembly. https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/cloud-assembly-schema */
interface Manifest {
  readonly artifacts: Readonly<Record<string, Artifact>>;
}

interface Artifact {
  readonly type: string;
  readonly dependencies?: readonly string[];
  readonly properties?: { readonly templateFile?: string; readonly file?: string };
}

interface AssetManifest {
  readonly files: Readonly<Record<string, FileAsset>>;
}

interface FileAsset {
  readonly source: { readonly path: string };
  readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
}

const STACK = 'aws:cloudformation:stack';
const ASSETS = 'cdk:asset-manifest';

/** Reads what `cdk synth` has written into a folder: its stacks in the order they deploy. */
export function readAssembly(folder: string): Stack[] {
  const { artifacts } = readJson<Manifest>(join(folder, 'manifest.json'));
  return deployOrder(artifacts).map((name) => readStack(folder, name, artifacts));
}

/** The same stack, with its assets' files in folders of the same names elsewhere. */
export function withAssetsIn(folder: string, stack: Stack): Stack {
  return {
    ...stack,
    assetFolder: (s3Key) => join(folder, basename(stack.assetFolder(s3Key))),
  };
}

/** Every stack comes after those it depends on; else they stay in the order of the app. */
function deployOrder(artifacts: Manifest['artifacts']): string[] {
  const ordered = new Set<string>();
  const waiting = new Set<string>();
  const visit = (name: string): void => {
    const { type, dependencies = [] } = artifacts[name] ?? { type: 'none' };
    if (type !== STACK || ordered.has(name)) return;
    if (waiting.has(name)) throw new StartError(`The stack ${name} depends on itself.`);
    waiting.add(name);
    dependencies.forEach(visit);
    ordered.add(name);
  };
  Object.keys(artifacts).forEach(visit);
  return [...ordered];
}

function readStack(folder: string, name: string, artifacts: Manifest['artifacts']): Stack {
  const { properties, dependencies = [] } = artifacts[name] ?? {};
  const template = readJson<Template>(join(folder, String(properties?.templateFile)));
  const folders = new Map<string, string>();
  for (const { type, properties: assets } of dependencies.flatMap((id) => artifacts[id] ?? [])) {
    if (type === ASSETS) addFolders(folders, folder, String(assets?.file));
  }
  return {
    name,
    template,
    assetFolder(s3Key) {
      const found = folders.get(s3Key);
      if (found) return found;
      throw new StartError(`Expected an asset of the stack ${name} under the key ${s3Key}.`);
    },
  };
}

function addFolders(folders: Map<string, string>, folder: string, assetsFile: string): void {
  const { files } = readJson<AssetManifest>(join(folder, assetsFile));
  for (const { source, destinations } of Object.values(files)) {
    for (const { objectKey } of Object.values(destinations)) {
      folders.set(objectKey, resolve(folder, source.path));
    }
  }
}

const readJson = <Content>(file: string): Content => JSON.parse(readFileSync(file, 'utf8'));
