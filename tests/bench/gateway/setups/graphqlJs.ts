import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buildSchema, type DocumentNode, execute, parse, validate } from 'graphql';
import { findMemo, findUser, type ListArguments, listMemos } from '#tests/bench/gateway/data.ts';
import { answerBench } from '#tests/bench/harness/child.ts';
import { readBody, startListening } from '#tests/bench/harness/http.ts';

/** graphql-js on node:http with documents remembered, and nothing else: the floor. */
const api = new URL('../../../../schema/generated/api.graphql', import.meta.url);
const schema = buildSchema(readFileSync(api, 'utf8'));
const documents = new Map<string, DocumentNode>();

const rootValue = {
  memo: ({ id }: { id: string }) => withAuthor(findMemo(id)),
  memos: (args: ListArguments) => ({ nodes: listMemos(args).map(withAuthor) }),
};

function withAuthor(memo: ReturnType<typeof findMemo>) {
  return { ...memo, author: () => findUser(memo.author.id) };
}

function readDocument(query: string): DocumentNode {
  const known = documents.get(query);
  if (known) return known;
  const document = parse(query);
  const [problem] = validate(schema, document);
  if (problem) throw problem;
  documents.set(query, document);
  return document;
}

const server = createServer(async (request, response) => {
  const { query, variables: variableValues } = JSON.parse(await readBody(request));
  const result = await execute({
    schema,
    document: readDocument(query),
    rootValue,
    variableValues,
  });
  const body = Buffer.from(JSON.stringify(result));
  response
    .writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
    .end(body);
});
answerBench({ url: await startListening(server), headers: {} });
