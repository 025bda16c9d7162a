import type { Auth } from '#domain/auth/auth.ts';
import { type SignInInput, signIn } from '#domain/auth/signIn.ts';
import { MemopadError } from '#domain/errors.ts';
import type { HttpRequest, HttpResponse } from '#domain/viewer/httpMessage.ts';
import { readBody } from './readBody.ts';
import type { RequestTrace } from './requestTrace.ts';
import { tokenResponse } from './tokenResponse.ts';

/**
 * `POST /sessions`: the first-party sign-in without GraphQL, `{"email": …, "password": …}`. Only JSON,
 * which no page of another origin can send without being asked for by CORS.
 */
export async function answerSignIn(
  auth: Auth,
  request: HttpRequest,
  trace: RequestTrace,
): Promise<HttpResponse> {
  const credentials = readCredentials(readBody(request, 'application/json'));
  const { sourceIp, headers } = request;
  const client = { sourceIp, userAgent: headers['user-agent'] };
  const signedIn = await signIn(auth, credentials, client);
  trace.userId = signedIn.user.id;
  return tokenResponse(signedIn);
}

function readCredentials(body: string): SignInInput {
  const { email, password } = readObject(body);
  if (typeof email === 'string' && typeof password === 'string') return { email, password };
  throw refusal();
}

function readObject(body: string): { readonly email?: unknown; readonly password?: unknown } {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch (error) {
    // The parser's own message would quote the body.
    throw error instanceof SyntaxError ? refusal() : error;
  }
}

function refusal(): MemopadError {
  return new MemopadError(
    'BAD_USER_INPUT',
    'Expected a JSON object {"email": "…", "password": "…"} with two strings.',
  );
}
