import { describe, expect, test } from '@jest/globals';
import { planHttpApis } from '#local/cloud/plan/httpApis.ts';
import type { Stack } from '#local/cloud/template/template.ts';
import { resource } from '#tests/local/cloud/template/stacks.ts';
import { resolveResources } from './resolved.ts';

const ApiId = { Ref: 'Api' };
const FUNCTION_ARN = 'arn:aws:lambda:ap-northeast-2:000000000000:function:One-Function';
const RESOURCES: Stack['template']['Resources'] = {
  Api: resource('AWS::ApiGatewayV2::Api', {
    ProtocolType: 'HTTP',
    CorsConfiguration: { AllowOrigins: ['*'], MaxAge: 60 },
  }),
  Stage: resource('AWS::ApiGatewayV2::Stage', {
    ApiId,
    StageName: '$default',
    AccessLogSettings: { Format: '$context.status' },
    DefaultRouteSettings: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 7 },
  }),
  Route: resource('AWS::ApiGatewayV2::Route', {
    ApiId,
    RouteKey: 'GET /health',
    Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
  }),
  Integration: resource('AWS::ApiGatewayV2::Integration', {
    ApiId,
    IntegrationUri: { 'Fn::GetAtt': ['Function', 'Arn'] },
  }),
  Function: resource('AWS::Lambda::Function'),
};

const plan = (changes: object = {}) =>
  planHttpApis(resolveResources({ ...RESOURCES, ...changes })).map(({ definition }) => definition);

test('an HTTP API has its routes with their functions, and what its stage says', () => {
  expect(plan()).toMatchObject([
    {
      stage: '$default',
      routes: [{ routeKey: 'GET /health', functionArn: FUNCTION_ARN }],
      throttle: { rate: 5, burst: 7 },
      accessLogFormat: '$context.status',
      cors: { allowOrigins: ['*'], maxAge: 60 },
    },
  ]);
});

test("a stage without limits has the account's, and an API without CORS has none", () => {
  const Stage = resource('AWS::ApiGatewayV2::Stage', { ApiId, StageName: '$default' });
  const Api = resource('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' });
  const [definition] = plan({ Stage, Api });
  expect(definition).toMatchObject({ throttle: { rate: 10_000, burst: 5_000 } });
  expect(definition).toMatchObject({ accessLogFormat: undefined, cors: undefined });
});

test("routes of another API aren't its own", () => {
  const others = {
    Other: resource('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' }),
    OtherStage: resource('AWS::ApiGatewayV2::Stage', {
      ApiId: { Ref: 'Other' },
      StageName: '$default',
    }),
  };
  expect(plan(others).map(({ routes }) => routes.length)).toEqual([1, 0]);
});

describe('it is refused', () => {
  test('without a stage', () => {
    const { Stage: _, ...rest } = RESOURCES;
    expect(() => planHttpApis(resolveResources(rest))).toThrow(
      'One/Api: expected one stage of this API, got 0.',
    );
  });

  test('with a stage of another name', () => {
    const Stage = resource('AWS::ApiGatewayV2::Stage', { ApiId, StageName: 'prod' });
    expect(() => plan({ Stage })).toThrow(
      'One/Api: an HTTP API has the stage $default on a laptop, not prod.',
    );
  });

  test('with a route that leads nowhere', () => {
    const Route = resource('AWS::ApiGatewayV2::Route', {
      ApiId,
      RouteKey: 'GET /',
      Target: 'integrations/none',
    });
    expect(() => plan({ Route })).toThrow('One/Route: expected an integration as Target.');
  });
});

describe('a function lets the API in', () => {
  const SOURCE = 'arn:aws:execute-api:ap-northeast-2:000000000000:abc/$default/GET/health';
  const permit = (properties: object) =>
    plan({ Permission: resource('AWS::Lambda::Permission', { ...properties }) })[0]!.mayInvoke(
      FUNCTION_ARN,
      SOURCE,
    );

  test.each([
    ['by its ARN', { FunctionName: FUNCTION_ARN }, true],
    ['by its name', { FunctionName: 'One-Function' }, true],
    ['not by another name', { FunctionName: 'Function' }, false],
    ['from the very route', { FunctionName: FUNCTION_ARN, SourceArn: SOURCE }, true],
    [
      'from a pattern',
      { FunctionName: FUNCTION_ARN, SourceArn: SOURCE.replace('$default/GET', '*/*') },
      true,
    ],
    [
      'not from another route',
      { FunctionName: FUNCTION_ARN, SourceArn: SOURCE.replace('health', 'graphql') },
      false,
    ],
    [
      'not from what only begins like it',
      { FunctionName: FUNCTION_ARN, SourceArn: SOURCE.replace('/health', '') },
      false,
    ],
  ])('%s', (_how, properties, isPermitted) => {
    expect(permit(properties)).toBe(isPermitted);
  });

  test('not without a permission', () => {
    expect(plan()[0]!.mayInvoke(FUNCTION_ARN, SOURCE)).toBe(false);
  });
});
