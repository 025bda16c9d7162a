import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Knowledge } from '#local/cloud/template/knowledge.ts';
import { checkResource, checkTemplate, describeIgnored } from '#local/cloud/template/known.ts';
import { KNOWN_TYPES } from '#local/cloud/template/knownTypes.ts';
import type { Resource } from '#local/cloud/template/template.ts';
import { makeStack, resource } from './stacks.ts';

const check = (type: string, properties: Resource['properties']) => () =>
  checkResource({ stack: 'One', id: 'Asked', type, properties, ref: '', attributes: {} });

describe('a resource', () => {
  test('of a known type with known properties passes', () => {
    const properties = { AutoDeploy: true, DefaultRouteSettings: { ThrottlingRateLimit: 1 } };
    expect(check('AWS::ApiGatewayV2::Stage', properties)).not.toThrow();
  });

  test.each([
    [
      'an unknown property',
      check('AWS::Lambda::Function', { Layers: [] }),
      'One/Asked: property Layers of AWS::Lambda::Function is not supported on a laptop.',
    ],
    [
      'an unknown property inside another',
      check('AWS::ApiGatewayV2::Stage', { DefaultRouteSettings: { LoggingLevel: 'INFO' } }),
      'One/Asked: property DefaultRouteSettings.LoggingLevel of AWS::ApiGatewayV2::Stage is not supported on a laptop.',
    ],
    [
      'an unknown property in a list',
      check('AWS::DynamoDB::GlobalTable', { Replicas: [{}, { KinesisStreamSpecification: {} }] }),
      'One/Asked: property Replicas.KinesisStreamSpecification of',
    ],
    [
      'a value that we can’t do',
      check('AWS::ApiGatewayV2::Route', { AuthorizationType: 'JWT' }),
      'One/Asked: property AuthorizationType of AWS::ApiGatewayV2::Route is not supported on a laptop with "JWT", only with "NONE".',
    ],
    [
      'a value that may not be ignored',
      check('AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: [] } }),
      'One/Asked: property AssumeRolePolicyDocument of AWS::IAM::Role is not supported on a laptop with {"Statement":[]}, only with',
    ],
    [
      'a property named like one that objects have',
      check('AWS::KMS::Key', { constructor: 1 }),
      'property constructor of AWS::KMS::Key',
    ],
  ])('with %s stops the start', (_what, checking, message) => {
    expect(checking).toThrow(message);
  });
});

describe('a template', () => {
  const ROLE = resource('AWS::IAM::Role');

  test('with what CDK always adds passes', () => {
    const metadata = resource('AWS::CDK::Metadata', {}, { Condition: 'CDKMetadataAvailable' });
    const more = {
      Description: 'x',
      Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>' } },
      Rules: { CheckBootstrapVersion: {} },
      Conditions: { CDKMetadataAvailable: {} },
    };
    const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', DependsOn: [] };
    const resources = { Role: { ...ROLE, ...kept }, CDKMetadata: metadata };
    expect(() => checkTemplate(makeStack({ resources, more }))).not.toThrow();
  });

  test.each([
    [{ resources: { Topic: resource('AWS::SNS::Topic') } }, 'One/Topic: AWS::SNS::Topic'],
    [{ resources: { Role: { ...ROLE, Condition: 'x' } } }, 'One/Role: Condition'],
    [{ more: { Mappings: { A: {} } } }, 'One: Mappings.A'],
    [{ more: { Rules: { CheckBootstrapVersion: {}, Mine: {} } } }, 'One: Rules.Mine'],
    [{ more: { Transform: ['AWS::Serverless-2016-10-31'] } }, 'One: Transform.0'],
  ])('%j stops the start', (options, what) => {
    expect(() => checkTemplate(makeStack(options))).toThrow(
      `${what} is not supported on a laptop.`,
    );
  });
});

test('this is all that is ignored, and why', () => {
  expect(describeIgnored()).toMatchSnapshot();
});

test('every file that is said to use a property is there', () => {
  const users = (knowledge: Knowledge): string[] => {
    if (knowledge.kind === 'within') return Object.values(knowledge.properties).flatMap(users);
    return knowledge.kind === 'used' ? [knowledge.by] : [];
  };
  const all = new Set(
    Object.values(KNOWN_TYPES).flatMap((known) => Object.values(known).flatMap(users)),
  );
  expect(all.size).toBeGreaterThan(5);
  const missing = [...all].filter((file) => !existsSync(`local/cloud/${file}`));
  expect(missing).toEqual([]);
});
