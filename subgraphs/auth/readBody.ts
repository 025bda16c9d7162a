import type { HttpRequest } from '#domain/viewer/httpMessage.ts';
import { HttpProblem } from './httpProblem.ts';

/** In UTF-16 units: far more than the longest password in its most wasteful spelling. */
const MAX_LENGTH = 16 * 1024;

/**
 * The body of a request of this media type.
 * @throws 415 for another type, 413 for a body that is too long
 */
export function readBody({ headers, body }: HttpRequest, mediaType: string): string {
  const [sent = ''] = (headers['content-type'] ?? '').split(';');
  if (sent.trim().toLowerCase() !== mediaType) {
    const description = `Expected the content type ${mediaType}.`;
    throw new HttpProblem({ status: 415, error: 'invalid_request', description });
  }
  if (body.length > MAX_LENGTH) {
    const description = `Expected a body of at most ${MAX_LENGTH} characters, got ${body.length}.`;
    throw new HttpProblem({ status: 413, error: 'invalid_request', description });
  }
  return body;
}
