/** Fields that the auth service answers: its subgraph function gets what the gateway would send it. */
import { type Context, type LambdaRequest, util } from '@aws-appsync/utils';
import type {
  ClientInfo,
  SubgraphRequest,
  SubgraphResponse,
} from '#domain/viewer/subgraphRequest.ts';
import { refuseFailure, refuseUnexpected, requestIdOf } from './refuse.ts';
import { isSignedIn } from './viewer.ts';

/** All of a user; with fixed selections a client's aliases can't matter. */
export const USER_FIELDS = 'id displayName email createdAt';
export const AUTH_PAYLOAD_FIELDS = `user { ${USER_FIELDS} } accessToken expiresAt refreshToken`;

/** For a field's `request`. `query` is a whole document. */
export function askAuth(
  ctx: Context,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): LambdaRequest {
  const payload: SubgraphRequest = {
    query,
    variables,
    authorization: authorizationOf(ctx),
    client: clientOf(ctx),
    requestId: requestIdOf(ctx),
  };
  return { operation: 'Invoke', payload };
}

/** For a field's `response`: what the auth service answers to that field, or ends as it did. */
export function answerOfAuth(ctx: Context, field: string = ctx.info.fieldName): unknown {
  refuseFailure(ctx);
  const { data, errors } = (ctx.result ?? {}) as SubgraphResponse;
  const [error] = errors ?? [];
  if (error) {
    const { code, ...details } = error.extensions ?? {};
    return util.error(error.message, `${code ?? 'INTERNAL'}`, null, details);
  }
  if (!data) return refuseUnexpected(ctx, 'the auth service gave no answer');
  return data[field];
}

/** As the auth service reads it; AppSync takes a token without `Bearer`, too. Nothing unless it is a person's. */
export function authorizationOf(ctx: Context): string | undefined {
  if (!isSignedIn(ctx)) return undefined;
  const { authorization } = ctx.request.headers;
  const sent = `${authorization}`.trim();
  return sent.toLowerCase().startsWith('bearer ') ? sent : `Bearer ${sent}`;
}

/**
 * AppSync tells a resolver where a request came from by `x-forwarded-for` alone: whatever the client
 * put there, then the address that reached AWS's edge, then the edge's own. Only the last two can be believed.
 * https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html
 */
function clientOf(ctx: Context): ClientInfo {
  const headers = ctx.request.headers;
  const hops = `${headers['x-forwarded-for'] ?? ''}`.split(',').map((hop) => hop.trim());
  const sourceIp = hops[hops.length - 2] ?? hops[0] ?? '';
  return { sourceIp, userAgent: headers['user-agent'] };
}
