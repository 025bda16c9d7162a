import { readAws, readEndpoint, requireVariable } from '#aws/environment.ts';

const environment = process.env;

/** What all live functions are told by their environment. AWS_ENDPOINT_URL, on a laptop, is read by the SDK itself. */
export const config = {
  ...readAws(environment),
  /** LIVE_TABLE_NAME: the live table. */
  liveTableName: requireVariable(environment, 'LIVE_TABLE_NAME'),
  /** SOCKET_ENDPOINT: where connections are posted to, with the stage's path: `https://<api>.execute-api.<region>.amazonaws.com/live`. */
  socketEndpoint: requireVariable(environment, 'SOCKET_ENDPOINT'),
  /** GATEWAY_FUNCTION: the gateway's function. */
  gatewayFunction: requireVariable(environment, 'GATEWAY_FUNCTION'),
  /** WATCH_FUNCTION: the function that issues watch tokens. */
  watchFunction: requireVariable(environment, 'WATCH_FUNCTION'),
  /** AWS_ENDPOINT_URL_LAMBDA or AWS_ENDPOINT_URL, on a laptop. */
  lambdaEndpoint: readEndpoint(environment, 'LAMBDA'),
  /** _X_AMZN_TRACE_ID: Lambda sets it anew for every request. */
  traceId: () => process.env._X_AMZN_TRACE_ID,
};
