import { StartError } from '#local/startError.ts';
import type { Stack, TemplateOutput } from './template.ts';

/** What stacks have told each other so far: a name is exported once in an account and region. */
export interface Exports {
  /** @throws StartError when another stack has that name. */
  add(name: string, value: unknown, stack: string): void;
  /** @throws StartError when no stack that deploys before has exported it. */
  read(name: string, where: string): unknown;
}

/** @param stacks all of them, in the order they deploy, to say who would export what is missing */
export function createExports(stacks: readonly Stack[]): Exports {
  const known = new Map<string, { readonly value: unknown; readonly stack: string }>();
  return {
    add(name, value, stack) {
      const other = known.get(name);
      if (other) throw new StartError(`${stack} exports ${name}, which ${other.stack} did before.`);
      known.set(name, { value, stack });
    },
    read(name, where) {
      const found = known.get(name);
      if (found) return found.value;
      const exporter = stacks.find((stack) => mentionsExport(stack, name));
      throw new StartError(
        exporter
          ? `${where} imports ${name} from ${exporter.name}, which deploys later.`
          : `${where} imports ${name}, which no stack exports.`,
      );
    },
  };
}

function mentionsExport({ template }: Stack, name: string): boolean {
  const outputs: readonly TemplateOutput[] = Object.values(template.Outputs ?? {});
  return outputs.some(({ Export }) => Export?.Name === name);
}
