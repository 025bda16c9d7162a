import type { CompiledOperation } from './operation.ts';

/**
 * What all remembered operations may weigh, in units of about a hundred bytes: some hundred pages of
 * an app. A character of a document is one, its syntax tree and plan included.
 */
const REMEMBERED_WEIGHT = 500_000;
/** What the plan of the shortest document weighs. */
const OPERATION_WEIGHT = 100;
/** A field of a compiled shape. Fragments that are spread often make many fields of little text. */
const FIELD_WEIGHT = 4;

/** Told of fields that were compiled and are kept with an operation. */
export type WeighFields = (count: number) => void;

/** The operations that came before, by their documents' texts and the names they were asked by. */
export interface Operations {
  /** An operation that is ready; its document was found to be valid. */
  find(query: string, name: string | undefined): CompiledOperation | undefined;
  /** Finds an operation, or compiles it. Two requests for the same new one wait for one plan; one that fails is forgotten. */
  findOrCompile(
    query: string,
    name: string | undefined,
    compile: (weighFields: WeighFields) => Promise<CompiledOperation>,
  ): Promise<CompiledOperation>;
  forget(): void;
}

interface Remembered {
  readonly ready: Map<string | undefined, CompiledOperation>;
  readonly compiling: Map<string | undefined, Promise<CompiledOperation>>;
}

export function createOperations(): Operations {
  const documents = new Map<string, Remembered>();
  let weight = 0;
  const forget = (): void => {
    documents.clear();
    weight = 0;
  };
  const weigh = (more: number): void => {
    // Those in use come back with their next request.
    if (weight + more > REMEMBERED_WEIGHT) forget();
    weight += more;
  };
  const weighFields: WeighFields = (count) => weigh(count * FIELD_WEIGHT);
  const remember = (query: string): Remembered => {
    const known = documents.get(query);
    if (known) return known;
    const remembered = { ready: new Map(), compiling: new Map() };
    documents.set(query, remembered);
    return remembered;
  };
  return {
    find: (query, name) => documents.get(query)?.ready.get(name),
    findOrCompile: async (query, name, compile) => {
      const before = documents.get(query);
      const known = before?.ready.get(name) ?? before?.compiling.get(name);
      if (known) return known;
      weigh(query.length + OPERATION_WEIGHT);
      const { ready, compiling } = remember(query);
      const promise = compile(weighFields);
      compiling.set(name, promise);
      try {
        const operation = await promise;
        ready.set(name, operation);
        return operation;
      } finally {
        compiling.delete(name);
      }
    },
    forget,
  };
}
