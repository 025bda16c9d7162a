import type { Experimental_DidResolveQueryPlanCallback } from '@apollo/gateway';

/** A plan as Apollo's planner makes it. */
export type QueryPlan = Parameters<Experimental_DidResolveQueryPlanCallback>[0]['queryPlan'];

type Node = NonNullable<QueryPlan['node']>;

/** A step of a plan: a call of a subgraph, or steps put together. */
export type PlanNode = Exclude<Node, { kind: 'Subscription' }>;

/** One call of a subgraph. */
export type FetchNode = Extract<PlanNode, { kind: 'Fetch' }>;

/** What a call needs to know of an object that another subgraph told of. */
export type Requirement = NonNullable<FetchNode['requires']>[number];

/** A change of a representation or of an answer, because subgraphs name things differently. */
export type Rewrite = NonNullable<FetchNode['inputRewrites']>[number];
