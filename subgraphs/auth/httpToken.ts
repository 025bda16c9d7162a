import type { Auth } from '#domain/auth/auth.ts';
import { refreshSession } from '#domain/auth/refreshSession.ts';
import { MemopadError } from '#domain/errors.ts';
import type { HttpRequest, HttpResponse } from '#domain/viewer/httpMessage.ts';
import { HttpProblem } from './httpProblem.ts';
import { readBody } from './readBody.ts';
import type { RequestTrace } from './requestTrace.ts';
import { tokenResponse } from './tokenResponse.ts';

const FORM = 'application/x-www-form-urlencoded';

/**
 * `POST /token`: OAuth 2's token endpoint (RFC 6749 section 6) for `grant_type=refresh_token` alone.
 * There is no password grant, which RFC 9700 section 2.4 forbids.
 */
export async function answerToken(
  auth: Auth,
  request: HttpRequest,
  trace: RequestTrace,
): Promise<HttpResponse> {
  const form = new URLSearchParams(readBody(request, FORM));
  const grantType = readParameter(form, 'grant_type');
  if (grantType !== 'refresh_token') {
    const description = 'Expected the grant type refresh_token, the only one there is.';
    throw new HttpProblem({ status: 400, error: 'unsupported_grant_type', description });
  }
  const signedIn = await refreshSession(auth, readParameter(form, 'refresh_token'));
  trace.userId = signedIn.user.id;
  return tokenResponse(signedIn);
}

/** A parameter without a value counts as left out, and none may come twice (RFC 6749 section 3.2). */
function readParameter(form: URLSearchParams, name: string): string {
  const [value, ...more] = form.getAll(name);
  if (value && more.length === 0) return value;
  throw new MemopadError('BAD_USER_INPUT', `Expected the parameter ${name} once, with a value.`);
}
