import type { Subgraph } from '#domain/viewer/subgraphRequest.ts';

const QUESTION = { query: '{ __typename }', client: { sourceIp: '' }, requestId: 'health' };

/** Rejects when one of the subgraphs can't be asked; the gateway itself keeps nothing that could be ill. */
export async function checkSubgraphs(subgraphs: Readonly<Record<string, Subgraph>>): Promise<void> {
  await Promise.all(Object.entries(subgraphs).map(([name, subgraph]) => check(name, subgraph)));
}

async function check(name: string, subgraph: Subgraph): Promise<void> {
  const { data } = await subgraph(QUESTION);
  if (data?.__typename !== 'Query') throw new TypeError(`The subgraph ${name} gave no answer.`);
}
