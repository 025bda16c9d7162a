import type { ErrorCode } from '#domain/errors.ts';
import type { GatewayError } from './askGateway.ts';

/** Why a subscription can't be: GraphQL errors for whoever asked for it. */
export class SubscriptionRefused extends Error {
  readonly errors: readonly GatewayError[];

  constructor(errors: readonly GatewayError[]) {
    super(errors[0]?.message ?? 'The subscription was refused.');
    this.name = 'SubscriptionRefused';
    this.errors = errors;
  }
}

export function refused(message: string, code: ErrorCode = 'BAD_USER_INPUT'): SubscriptionRefused {
  return new SubscriptionRefused([{ message, extensions: { code } }]);
}
