import type { Clock } from '#domain/clock.ts';
import type { AppSyncApi, AuthMode } from '#local/appsync/definition.ts';
import { AwsError } from '#local/cloud/awsError.ts';
import type { SignedRequest } from '#local/cloud/iam/canonicalRequest.ts';
import { type AppSyncCaller, Unauthorized } from './caller.ts';
import { describeSigner, type VerifyIam } from './iam.ts';
import { createTokenReader, type LoadKeys } from './token.ts';

/**
 * Says whose request it is, by the first mode that its headers speak of.
 * @throws Unauthorized
 */
export type Identify = (request: SignedRequest, sourceIp: string) => Promise<AppSyncCaller>;

export interface IdentifyOptions {
  readonly api: AppSyncApi;
  /** Verifies Signature Version 4, as the service `appsync`. */
  readonly verifyIam: VerifyIam;
  /** Gets an issuer's public keys. */
  readonly loadKeys: LoadKeys;
  readonly clock: Clock;
}

/** https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html */
export function createIdentify(options: IdentifyOptions): Identify {
  const { api, clock, verifyIam } = options;
  const modes = new Set<AuthMode['type']>(api.authModes.map(({ type }) => type));
  const readers = api.authModes.flatMap((mode) =>
    mode.type === 'OPENID_CONNECT' ? [createTokenReader(mode, options)] : [],
  );
  return async (request, sourceIp) => {
    const { authorization, 'x-api-key': apiKey } = request.headers;
    if (apiKey !== undefined && modes.has('API_KEY')) return readApiKey(apiKey, api, clock);
    if (!authorization) throw new Unauthorized('Valid authorization header not provided.');
    if (authorization.startsWith('AWS4-HMAC-SHA256') && modes.has('AWS_IAM')) {
      return describeSigner(verified(request, verifyIam), sourceIp, api);
    }
    const [read] = readers;
    if (!read) throw new Unauthorized('Valid authorization header not provided.');
    return read(authorization);
  };
}

function readApiKey(key: string, { apiKeys }: AppSyncApi, clock: Clock): AppSyncCaller {
  const known = apiKeys.find((one) => one.key === key);
  if (known && known.expiresAt * 1000 > clock()) return { mode: 'API_KEY', identity: null };
  throw new Unauthorized('You are not authorized to make this call.');
}

function verified(request: SignedRequest, verifyIam: VerifyIam): ReturnType<VerifyIam> {
  try {
    return verifyIam(request);
  } catch (error) {
    if (error instanceof AwsError) throw new Unauthorized(error.message, error.type);
    throw error;
  }
}
