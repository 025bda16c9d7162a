import { GraphQLError } from 'graphql';
import type { SubgraphError } from '#domain/viewer/subgraphRequest.ts';
import type { Path } from './data.ts';

/** An error that a subgraph sent, at its place in the response, with the subgraph's name in its extensions. */
export function subgraphError(
  { message, extensions }: SubgraphError,
  subgraph: string,
  path: Path | undefined,
): GraphQLError {
  return new GraphQLError(String(message), {
    ...(path && { path }),
    extensions: { ...extensions, serviceName: subgraph },
  });
}

/** What is wrong with a subgraph's answer, without a word of the answer. */
export function malformedAnswer(subgraph: string, expected: string): GraphQLError {
  return new GraphQLError(`Expected ${expected} from the subgraph ${subgraph}.`);
}
