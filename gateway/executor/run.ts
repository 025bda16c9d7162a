import type { GraphQLError } from 'graphql';
import type { SubgraphRequest, SubgraphResponse } from '#domain/viewer/subgraphRequest.ts';
import type { GatewayContext } from '#gateway/context.ts';
import type { Data } from './data.ts';

/** What the steps of one operation's plan share while it runs. */
export interface Run {
  readonly context: GatewayContext;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly conditions: Conditions;
  /** What the subgraphs told, more of it after each step. */
  readonly data: Data;
  readonly errors: GraphQLError[];
}

/** The value of every variable that @skip or @include asks for. */
export type Conditions = Readonly<Record<string, boolean>>;

/** A step of a plan, ready to be taken. Failures go into `errors`. */
export type Step = (run: Run) => Promise<void>;

/** What a step says to a subgraph; who asks, and for whom, is in the context. */
export type SubgraphQuestion = Pick<SubgraphRequest, 'query' | 'variables' | 'operationName'>;

/** Asks one subgraph. Never rejects: one that is out of reach is answered for. */
export type AskSubgraph = (
  question: SubgraphQuestion,
  context: GatewayContext,
) => Promise<SubgraphResponse>;
