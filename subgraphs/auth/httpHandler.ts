import { serveHttpApi } from '#aws/httpApi.ts';
import { startAuthService } from './start.ts';

const { http } = await startAuthService();

/** The Lambda function behind the issuer's HTTP API. */
export const handler = serveHttpApi(http);
