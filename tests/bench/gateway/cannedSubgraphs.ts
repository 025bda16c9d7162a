import { createServer } from 'node:http';
import { answerBench } from '#tests/bench/harness/child.ts';
import { readBody, startListening } from '#tests/bench/harness/http.ts';
import { findMemo, findUser, listMemos } from './data.ts';

/**
 * Both subgraphs in one process, answering by what the variables hold without executing GraphQL:
 * they cost little, and every gateway the same.
 */
interface Variables {
  readonly id?: string;
  readonly representations?: readonly { readonly id: string }[];
}

const LISTS = JSON.stringify({
  data: {
    active: { nodes: listMemos({}) },
    pinned: { nodes: listMemos({ filter: { pinned: true } }) },
    archived: { nodes: listMemos({ filter: { state: 'ARCHIVED' } }) },
    trashed: { nodes: listMemos({ filter: { state: 'TRASHED' } }) },
  },
});

function answer({ id, representations }: Variables): string {
  if (representations) {
    return JSON.stringify({ data: { _entities: representations.map((one) => findUser(one.id)) } });
  }
  return id === undefined ? LISTS : JSON.stringify({ data: { memo: findMemo(id) } });
}

async function startCanned(): Promise<string> {
  const server = createServer(async (request, response) => {
    const { variables = {} } = JSON.parse(await readBody(request));
    const body = Buffer.from(answer(variables));
    response
      .writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
      .end(body);
  });
  return startListening(server);
}

answerBench({ auth: await startCanned(), memo: await startCanned() });
