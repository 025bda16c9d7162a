import { ApolloGateway, type GatewayConfig } from '@apollo/gateway';
import type { QueryPlan } from './plan.ts';

export interface PlannerOptions {
  readonly supergraphSdl: string;
  readonly logger: NonNullable<GatewayConfig['logger']>;
}

/** Apollo's executor, of which we take the plan alone. */
type ApolloExecutor = Awaited<ReturnType<ApolloGateway['load']>>['executor'];

/** What @apollo/gateway is asked to plan: the request as Apollo Server describes it. */
export type PlanRequest = Parameters<ApolloExecutor>[0];

/**
 * @apollo/gateway over a finished supergraph. It loads the supergraph, makes the schema that callers
 * see and plans operations; it asks no subgraph.
 */
export function createApolloGateway({ supergraphSdl, logger }: PlannerOptions): ApolloGateway {
  return new ApolloGateway({
    supergraphSdl,
    // It was validated when it was composed.
    validateSupergraph: false,
    __exposeQueryPlanExperimental: false,
    logger,
    buildService: () => ({ process: neverAsked }),
    // Plans are remembered compiled, with the documents they belong to.
    queryPlannerConfig: { cache: FORGETFUL },
    experimental_didResolveQueryPlan: ({ queryPlan }) => {
      throw new PlanIsMade(queryPlan);
    },
  });
}

/**
 * Has an operation planned. @apollo/gateway hands out a plan only on its way to executing it, in a
 * hook, so the hook throws the plan to here.
 */
export async function makePlan(execute: ApolloExecutor, request: PlanRequest): Promise<QueryPlan> {
  try {
    const { errors } = await execute(request);
    throw errors?.[0] ?? new TypeError('Expected @apollo/gateway to plan the operation.');
  } catch (error) {
    if (error instanceof PlanIsMade) return error.plan;
    throw error;
  }
}

/** Not a failure: how a plan gets out of @apollo/gateway. */
class PlanIsMade extends Error {
  readonly plan: QueryPlan;

  constructor(plan: QueryPlan) {
    super('The plan is made.');
    this.plan = plan;
  }
}

const FORGETFUL = {
  get: async () => undefined,
  set: async () => {},
  delete: async () => true,
  clear() {},
};

async function neverAsked(): Promise<never> {
  throw new TypeError('Expected our own executor to ask the subgraphs.');
}
