import { describe, expect, test } from '@jest/globals';
import { createCallers } from '#local/cloud/iam/callers.ts';
import { planFunctions } from '#local/cloud/plan/functions.ts';
import { planRoles } from '#local/cloud/plan/roles.ts';
import { makeStack, resource } from '#tests/local/cloud/template/stacks.ts';
import { resolveResources } from './resolved.ts';

const ROLE = resource('AWS::IAM::Role');
const SMALLEST = {
  Code: { S3Key: 'abc.zip' },
  Handler: 'index.handler',
  Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
};

function plan(properties: object = {}) {
  const asked = resource('AWS::Lambda::Function', { ...SMALLEST, ...properties });
  const resources = resolveResources({ Role: ROLE, Function: asked });
  const callers = createCallers();
  const [definition] = planFunctions(resources, {
    stacks: [makeStack()],
    roles: planRoles(resources),
    callers,
    endpointUrl: 'http://127.0.0.1:9',
  });
  return { definition: definition!, callers };
}

test('a function is what its template says, or what Lambda takes when it says nothing', () => {
  expect(plan().definition).toMatchObject({
    logicalId: 'Function',
    name: 'One-Function',
    arn: 'arn:aws:lambda:ap-northeast-2:000000000000:function:One-Function',
    folder: '/assets/abc.zip',
    handler: 'index.handler',
    memoryMb: 128,
    timeoutSeconds: 3,
  });
  const said = { MemorySize: 512, Timeout: 20, ReservedConcurrentExecutions: 0 };
  expect(plan(said).definition).toMatchObject({
    memoryMb: 512,
    timeoutSeconds: 20,
    reservedConcurrency: 0,
  });
});

test('it has its variables as texts, and those that say where AWS is', () => {
  const { environment } = plan({
    Environment: { Variables: { A: 'a', B: 1, C: true } },
  }).definition;
  expect(environment).toMatchObject({
    ...{ A: 'a', B: '1', C: 'true' },
    AWS_REGION: 'ap-northeast-2',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  });
});

test('its credentials are those of its role, assumed by the function', () => {
  const { definition, callers } = plan();
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = definition.environment;
  expect(callers.find(AWS_ACCESS_KEY_ID ?? '')).toMatchObject({
    principal: 'arn:aws:sts::000000000000:assumed-role/One-Role/One-Function',
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    sessionToken: AWS_SESSION_TOKEN,
  });
});

describe('it is refused', () => {
  test('with a role that is in no stack', () => {
    expect(() => plan({ Role: 'arn:aws:iam::000000000000:role/other' })).toThrow(
      'One/Function: the role arn:aws:iam::000000000000:role/other is in no stack.',
    );
  });
});
