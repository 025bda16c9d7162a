import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { makeApp, type StackOptions } from '#infra/memopad.ts';
import { STAGES, type StageName } from '#infra/stages.ts';
import { ensureLambdas } from '#scripts/build-lambdas.js';
import { ensureResolvers } from '#scripts/build-resolvers.js';

/** Only the checks' own test validates: it takes four times as long as the synthesis. */
process.env.CDK_VALIDATION = 'false';

// biome-ignore lint/suspicious/noExplicitAny: tests reach into whatever CDK has put there.
export type Anything = any;

export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Anything;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  /** Ids of what has to be there before, beside what the properties refer to. */
  readonly DependsOn?: readonly string[];
}

export interface Template {
  readonly Description: string;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { Value: unknown; Export?: { Name: string } }>>;
}

export interface SynthesizedStack {
  readonly name: string;
  readonly template: Template;
  /** The template as it is sent. */
  readonly text: string;
  readonly terminationProtection: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** The stacks that must be there before. */
  readonly after: readonly string[];
}

/** What a template says of the time must not change from one run to the next. */
export const NOW = new Date('2026-11-20T12:00:00Z');

/** Empty folders for assemblies, gone after the tests of the file. */
export function useOutputFolders(): () => string {
  const parent = mkdtempSync(join(tmpdir(), 'memopad-infra-'));
  afterAll(() => rmSync(parent, { recursive: true, force: true }));
  return () => mkdtempSync(join(parent, 'cdk-'));
}

/** Synthesizes a stage, in the order of its stacks. */
export async function synthesize(
  stage: StageName,
  outputFolder: string,
  options: StackOptions = {},
): Promise<SynthesizedStack[]> {
  await ensureLambdas();
  await ensureResolvers();
  const app = makeApp({ stage: STAGES[stage], outputFolder, now: NOW, ...options });
  return readStacks(app.synth());
}

function readStacks(assembly: CloudAssembly): SynthesizedStack[] {
  return assembly.stacks.map((stack) => ({
    name: stack.stackName,
    template: stack.template,
    text: readFileSync(stack.templateFullPath, 'utf8'),
    terminationProtection: stack.terminationProtection ?? false,
    tags: stack.tags,
    after: stack.dependencies.map(({ id }) => id).filter((id) => !id.endsWith('.assets')),
  }));
}

/** Every resource of a type, with its logical id. */
export function resourcesOf(
  stacks: readonly SynthesizedStack[],
  type: string,
): readonly (TemplateResource & { readonly id: string })[] {
  return stacks.flatMap(({ template }) =>
    Object.entries(template.Resources)
      .filter(([, { Type }]) => Type === type)
      .map(([id, resource]) => ({ id, ...resource })),
  );
}
