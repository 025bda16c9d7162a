import { AWSDateTime } from '#subgraphs/scalars.ts';
import { changeFields } from './changes.ts';
import { memoFields } from './memoFields.ts';
import { memoMutations } from './memoMutations.ts';
import { padFields } from './padFields.ts';
import { padMutations } from './padMutations.ts';
import { queries } from './queries.ts';
import type { Resolvers } from './resolvers.generated.ts';

/** Thin: arguments → use case → result. What is not here is read from the parent's property of the same name. */
export const resolvers: Resolvers = {
  AWSDateTime,
  Query: queries,
  Mutation: { ...padMutations, ...memoMutations },
  ...padFields,
  ...memoFields,
  ...changeFields,
};
