import { ApolloArmor } from '@escape.tech/graphql-armor';
import { GraphQLError, type ValidationContext, type ValidationRule } from 'graphql';
import { costRule } from './costRule.ts';
import { LIMITS } from './limits.ts';
import { noSubscriptionRule } from './noSubscriptionRule.ts';
import { oneCredentialRule } from './oneCredentialRule.ts';

/**
 * The rules beside graphql-js's own. They run when a document is first seen and never again while it
 * is remembered, so they cost a repeated operation nothing.
 *
 * Of graphql-armor we take the rules for depth, aliases and directives alone. Its token limit parses
 * each document twice (graphql-js's `maxTokens` does it in one go), its cost rule doesn't see page
 * sizes given by variables or left out, and its plugins hook into every request.
 */
export const validationRules: ValidationRule[] = [
  ...armorRules(),
  costRule(LIMITS.cost),
  oneCredentialRule,
  noSubscriptionRule,
];

function armorRules(): ValidationRule[] {
  // Thrown out of a rule an error would be a crash of the server; reported it is the caller's mistake.
  const reporting = { enabled: true, propagateOnRejection: false, onReject: [reportRefusal] };
  const { validationRules: rules } = new ApolloArmor({
    maxDepth: { ...reporting, n: LIMITS.depth, flattenFragments: true, ignoreIntrospection: true },
    maxAliases: { ...reporting, n: LIMITS.aliases },
    maxDirectives: { ...reporting, n: LIMITS.directives },
    maxTokens: { enabled: false },
    costLimit: { enabled: false },
    blockFieldSuggestion: { enabled: false },
  }).protect();
  return rules;
}

function reportRefusal(context: ValidationContext | null, { message }: GraphQLError): void {
  context?.reportError(new GraphQLError(message.replace('Syntax Error: ', '')));
}
