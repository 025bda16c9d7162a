import type { Doors } from './doors.ts';
import type { PostGraphql } from './graphqlEndpoint.ts';

export interface DoorEndpoints {
  readonly doors: Pick<Doors, 'current'>;
  readonly federated: PostGraphql;
  /** Null where there is none. */
  readonly appsync: Promise<PostGraphql | null>;
}

/**
 * Asks at whichever door is chosen. What asks for the schema goes to the federated door, whose fields are described: it
 * is the same API behind both.
 */
export function throughDoors({ doors, federated, appsync }: DoorEndpoints): PostGraphql {
  return async (request, headers) => {
    if (doors.current() === 'federated' || request.query.includes('__schema'))
      return federated(request, headers);
    const post = (await appsync) ?? federated;
    return post(request, headers);
  };
}
