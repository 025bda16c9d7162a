import type { GatewayError } from './askGateway.ts';
import type { EndReason } from './push.ts';

/** What a watcher is told when the subscription is over. */
export const END_ERRORS: Readonly<Record<EndReason, GatewayError>> = {
  TOKEN_EXPIRED: {
    message:
      'The access token of this connection has expired. Connect again with a new one, and go on from your last cursor.',
    extensions: { code: 'UNAUTHENTICATED' },
  },
  MEMBERSHIP_LOST: {
    message: 'Expected the id of a pad the viewer is a member of, which you no longer are.',
    extensions: { code: 'NOT_FOUND' },
  },
  TOO_MANY_DOCUMENTS: {
    message:
      'Expected fewer different documents of one user on a pad that is watched with so many of them.',
    extensions: { code: 'BAD_USER_INPUT' },
  },
};
