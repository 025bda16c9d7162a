import { describe, expect, test } from '@jest/globals';
import { planRoles } from '#local/cloud/plan/roles.ts';
import type { TemplateValue } from '#local/cloud/template/template.ts';
import { resource } from '#tests/local/cloud/template/stacks.ts';
import { resolveResources } from './resolved.ts';

const allow = (Action: string) => ({ Effect: 'Allow', Action, Resource: '*' });
const document = (...Statement: TemplateValue[]) => ({ Version: '2012-10-17', Statement });

function planStatements(role: Record<string, TemplateValue>, others = {}) {
  const resources = { Role: resource('AWS::IAM::Role', role), ...others };
  const [found] = planRoles(resolveResources(resources)).values();
  return found?.statements;
}

describe('a role has the statements', () => {
  test('of its own policies', () => {
    const Policies = [
      { PolicyName: 'a', PolicyDocument: document(allow('kms:Sign'), allow('kms:Verify')) },
      { PolicyName: 'b', PolicyDocument: { Statement: allow('sqs:SendMessage') } },
    ];
    expect(planStatements({ Policies })).toEqual([
      allow('kms:Sign'),
      allow('kms:Verify'),
      allow('sqs:SendMessage'),
    ]);
  });

  test('of the policies attached to it, not of those attached to others', () => {
    const attach = (Roles: TemplateValue, action: string) =>
      resource('AWS::IAM::Policy', { PolicyDocument: document(allow(action)), Roles });
    const others = {
      Mine: attach([{ Ref: 'Role' }], 'kms:Sign'),
      Theirs: attach(['somebody'], 'kms:Verify'),
    };
    expect(planStatements({}, others)).toEqual([allow('kms:Sign')]);
  });

  test('of the managed policy that lets a function write its log', () => {
    const arn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    expect(planStatements({ ManagedPolicyArns: [arn] })).toMatchObject([
      { Effect: 'Allow', Action: expect.arrayContaining(['logs:PutLogEvents']) },
    ]);
  });
});

test('roles are found by their ARNs', () => {
  const roles = planRoles(resolveResources({ Role: resource('AWS::IAM::Role') }));
  expect([...roles.keys()]).toEqual(['arn:aws:iam::000000000000:role/One-Role']);
});
