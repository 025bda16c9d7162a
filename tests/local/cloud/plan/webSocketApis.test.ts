import { describe, expect, test } from '@jest/globals';
import { planWebSocketApis } from '#local/cloud/plan/webSocketApis.ts';
import type { Stack } from '#local/cloud/template/template.ts';
import { resource } from '#tests/local/cloud/template/stacks.ts';
import { resolveResources } from './resolved.ts';

const ApiId = { Ref: 'Api' };
const Target = { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] };
const FUNCTION_ARN = 'arn:aws:lambda:ap-northeast-2:000000000000:function:One-Function';
const RESOURCES: Stack['template']['Resources'] = {
  Api: resource('AWS::ApiGatewayV2::Api', {
    ProtocolType: 'WEBSOCKET',
    RouteSelectionExpression: '$request.body.type',
  }),
  Http: resource('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' }),
  Stage: resource('AWS::ApiGatewayV2::Stage', {
    ApiId,
    StageName: 'live',
    AccessLogSettings: { Format: '$context.status' },
    DefaultRouteSettings: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 7 },
  }),
  Ask: resource('AWS::ApiGatewayV2::Route', {
    ApiId,
    RouteKey: 'ask',
    RouteResponseSelectionExpression: '$default',
    Target,
  }),
  AskResponse: resource('AWS::ApiGatewayV2::RouteResponse', {
    ApiId,
    RouteId: { Ref: 'Ask' },
    RouteResponseKey: '$default',
  }),
  Tell: resource('AWS::ApiGatewayV2::Route', { ApiId, RouteKey: 'tell', Target }),
  Half: resource('AWS::ApiGatewayV2::Route', {
    ApiId,
    RouteKey: 'half',
    RouteResponseSelectionExpression: '$default',
    Target,
  }),
  Integration: resource('AWS::ApiGatewayV2::Integration', {
    ApiId,
    IntegrationUri: {
      'Fn::Join': [
        '',
        [
          'arn:aws:apigateway:ap-northeast-2:lambda:path/2015-03-31/functions/',
          { 'Fn::GetAtt': ['Function', 'Arn'] },
          '/invocations',
        ],
      ],
    },
  }),
  Function: resource('AWS::Lambda::Function'),
};

const plan = (changes: object = {}) =>
  planWebSocketApis(resolveResources({ ...RESOURCES, ...changes }));

test('a WebSocket API has its routes with their functions, and what its stage says', () => {
  const [api, ...others] = plan();
  expect(others).toEqual([]);
  expect(api).toMatchObject({
    name: { stack: 'One', id: 'Api' },
    definition: {
      stage: 'live',
      routedBy: 'type',
      routes: [
        { routeKey: 'ask', functionArn: FUNCTION_ARN, answers: true },
        { routeKey: 'tell', functionArn: FUNCTION_ARN, answers: false },
        // It takes both: the expression on the route, and the response.
        { routeKey: 'half', functionArn: FUNCTION_ARN, answers: false },
      ],
      throttle: { rate: 5, burst: 7 },
      accessLogFormat: '$context.status',
    },
  });
});

describe('it is refused', () => {
  test('without a stage', () => {
    const { Stage: _, ...rest } = RESOURCES;
    expect(() => planWebSocketApis(resolveResources(rest))).toThrow(
      'One/Api: expected one stage of this API, got 0.',
    );
  });

  test('when it selects routes in another way', () => {
    const Api = resource('AWS::ApiGatewayV2::Api', {
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.header.x',
    });
    expect(() => plan({ Api })).toThrow('to be like $request.body.type, got $request.header.x.');
  });

  test('with an integration that is no function', () => {
    const Integration = resource('AWS::ApiGatewayV2::Integration', {
      ApiId,
      IntegrationUri: 'https://example.com',
    });
    expect(() => plan({ Integration })).toThrow(
      "One/Ask: expected a function's IntegrationUri, got https://example.com.",
    );
  });
});
