import { GraphQLError, OperationTypeNode, type ValidationRule } from 'graphql';

/** Refuses subscriptions: they come over the WebSocket, HTTP has no way to go on answering. */
export const noSubscriptionRule: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (node.operation !== OperationTypeNode.SUBSCRIPTION) return;
    const message =
      'Expected a query or a mutation, got a subscription: open it over the WebSocket.';
    context.reportError(new GraphQLError(message, { nodes: node }));
  },
});
