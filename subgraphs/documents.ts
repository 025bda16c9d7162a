import { type DocumentNode, type GraphQLSchema, parse, validate } from 'graphql';

/**
 * The gateway sends few distinct documents, one a query plan step, of some hundred characters. A
 * parsed document takes up to a hundred times the memory of its text, so the texts are summed up.
 */
const REMEMBERED_CHARACTERS = 1_000_000;
/** What even the shortest counts as: its map entry and its document's objects, and no more than 5,000 are looked after. */
const CHARACTERS_OF_ANY = 200;
/** Longer documents hold literals that hardly come again. */
const LONGEST_REMEMBERED = 20_000;

/**
 * Makes the reader of a subgraph's documents: it parses and validates, and remembers the shorter ones.
 * What it returns throws the GraphQLError of a document that doesn't fit the schema.
 */
export function createDocumentReader(schema: GraphQLSchema): (query: string) => DocumentNode {
  const documents = new Map<string, DocumentNode>();
  let characters = 0;
  return (query) => {
    const known = documents.get(query);
    if (known) return known;
    const document = parse(query, { noLocation: true });
    const [firstError] = validate(schema, document);
    if (firstError) throw firstError;
    if (query.length > LONGEST_REMEMBERED) return document;
    const weight = query.length + CHARACTERS_OF_ANY;
    if (characters + weight > REMEMBERED_CHARACTERS) {
      documents.clear();
      characters = 0;
    }
    documents.set(query, document);
    characters += weight;
    return document;
  };
}
