import type { CompiledOperation } from './operation.ts';

/**
 * Characters of the documents whose operations are remembered: some hundred pages of an app. What is
 * kept of a document weighs about a hundred times its text.
 */
const REMEMBERED_CHARACTERS = 500_000;

/** The operations that came before, by their documents' texts and the names they were asked by. */
export interface Operations {
  /** An operation that is ready; its document was found to be valid. */
  find(query: string, name: string | undefined): CompiledOperation | undefined;
  /** Finds an operation, or compiles it. Two requests for the same new one wait for one plan; one that fails is forgotten. */
  findOrCompile(
    query: string,
    name: string | undefined,
    compile: () => Promise<CompiledOperation>,
  ): Promise<CompiledOperation>;
  forget(): void;
}

interface Remembered {
  readonly ready: Map<string | undefined, CompiledOperation>;
  readonly compiling: Map<string | undefined, Promise<CompiledOperation>>;
}

export function createOperations(): Operations {
  const documents = new Map<string, Remembered>();
  let characters = 0;
  const forget = (): void => {
    documents.clear();
    characters = 0;
  };
  const remember = (query: string): Remembered => {
    const known = documents.get(query);
    if (known) return known;
    // Those in use come back at once: Apollo Server still has their documents.
    if (characters + query.length > REMEMBERED_CHARACTERS) forget();
    characters += query.length;
    const remembered = { ready: new Map(), compiling: new Map() };
    documents.set(query, remembered);
    return remembered;
  };
  return {
    find: (query, name) => documents.get(query)?.ready.get(name),
    findOrCompile: async (query, name, compile) => {
      const { ready, compiling } = remember(query);
      const known = ready.get(name) ?? compiling.get(name);
      if (known) return known;
      const promise = compile();
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
