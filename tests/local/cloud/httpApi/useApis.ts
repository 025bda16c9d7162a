import { afterEach } from '@jest/globals';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpApiDefinition } from '#local/cloud/httpApi/definition.ts';
import {
  type HttpApiOptions,
  type RunningHttpApi,
  startHttpApi,
} from '#local/cloud/httpApi/server.ts';

export const API_FUNCTION = 'arn:aws:lambda:ap-northeast-2:000000000000:function:api';
/** 12 March 2020, 19:03:58 UTC. */
export const NOW_MS = 1_584_039_838_390;

export type Answering = (event: APIGatewayProxyEventV2) => unknown;

export interface ApiLab extends RunningHttpApi {
  /** What the function got. */
  readonly events: APIGatewayProxyEventV2[];
  readonly accessLog: string[];
  /** What Lambda was told of the trace. */
  readonly traces: (string | undefined)[];
}

/** Starts APIs before a function that is a plain one of the test's, and closes them after each test of the file. */
export function useApis() {
  const running: RunningHttpApi[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((api) => api.close()));
  });
  return async (
    changes: Partial<HttpApiDefinition> & { answer?: Answering; routeKeys?: string[] } = {},
    options: Partial<HttpApiOptions> = {},
  ): Promise<ApiLab> => {
    const { answer = () => 'fine', routeKeys = ['$default'], ...definition } = changes;
    const events: APIGatewayProxyEventV2[] = [];
    const accessLog: string[] = [];
    const traces: (string | undefined)[] = [];
    const api = await startHttpApi(
      {
        apiId: 'memos1',
        stage: '$default',
        payloadFormat: '2.0',
        routes: routeKeys.map((routeKey) => ({ routeKey, functionArn: API_FUNCTION })),
        mayInvoke: () => true,
        ...definition,
      },
      {
        port: 0,
        accessLog: (line) => accessLog.push(line),
        clock: () => NOW_MS,
        newRequestId: () => 'request-1=',
        invoke: async (_functionArn, payload, _kind, trace) => {
          traces.push(trace);
          const event: APIGatewayProxyEventV2 = JSON.parse(payload);
          events.push(event);
          const result = JSON.stringify(await answer(event)) ?? 'null';
          return { payload: result, requestId: 'invocation-1', logTail: '' };
        },
        ...options,
      },
    );
    running.push(api);
    return { ...api, events, accessLog, traces };
  };
}
