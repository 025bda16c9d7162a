import { describe, expect, test } from '@jest/globals';
import { resolveStacks } from '#local/cloud/template/resolve.ts';
import type { Stack, TemplateValue } from '#local/cloud/template/template.ts';
import { StartError } from '#local/startError.ts';
import { makeStack, resource, type StackOptions } from './stacks.ts';

const API = resource('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' });
const TABLE = resource('AWS::DynamoDB::GlobalTable');
const FUNCTION = resource('AWS::Lambda::Function');

const resolveAll = (stacks: readonly Stack[]) =>
  resolveStacks(stacks, { urlOf: ({ stack, id }) => `http://127.0.0.1:1/${stack}/${id}` });

/** What a function's property becomes beside a table, an API and another function. */
function resolveValue(value: TemplateValue, more: StackOptions = {}): unknown {
  const asked = resource('AWS::Lambda::Function', { Handler: value });
  const resources = { Asked: asked, Table: TABLE, Api: API, Other: FUNCTION, ...more.resources };
  const [stack] = resolveAll([makeStack({ ...more, resources })]);
  return stack!.resources[0]!.properties.Handler;
}

describe('a value without intrinsic functions', () => {
  test.each<TemplateValue>(['text', 1, true, null, ['a', { b: [1] }], {}])(
    'stays as it is: %j',
    (value) => {
      expect(resolveValue(value)).toEqual(value);
    },
  );
});

describe('Ref', () => {
  test.each([
    ['Table', 'One-Table'],
    ['Other', 'One-Other'],
    ['AWS::Region', 'ap-northeast-2'],
    ['AWS::AccountId', '000000000000'],
    ['AWS::Partition', 'aws'],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['AWS::StackName', 'One'],
  ])('%s is %s', (id, value) => {
    expect(resolveValue({ Ref: id })).toBe(value);
  });

  test('an API has an id of ten letters and digits, the same at every start', () => {
    const id = resolveValue({ Ref: 'Api' });
    expect(id).toMatch(/^[a-z0-9]{10}$/);
    expect(resolveValue({ Ref: 'Api' })).toBe(id);
  });

  test('a resource with a name of its own is called by it', () => {
    const resources = { Named: resource('AWS::Lambda::Function', { FunctionName: 'mine' }) };
    expect(resolveValue({ Ref: 'Named' }, { resources })).toBe('mine');
  });

  test('a parameter is its default', () => {
    const more = { Parameters: { Level: { Type: 'String', Default: 'high' } } };
    expect(resolveValue({ Ref: 'Level' }, { more })).toBe('high');
  });

  test('AWS::NoValue takes the property away, in lists and objects too', () => {
    const none = { Ref: 'AWS::NoValue' };
    expect(resolveValue(none)).toBeUndefined();
    expect(resolveValue(['a', none, { b: none, c: 1 }])).toEqual(['a', { c: 1 }]);
  });
});

describe('Fn::GetAtt', () => {
  test.each([
    [['Table', 'Arn'], 'arn:aws:dynamodb:ap-northeast-2:000000000000:table/One-Table'],
    ['Table.Arn', 'arn:aws:dynamodb:ap-northeast-2:000000000000:table/One-Table'],
    [['Other', 'Arn'], 'arn:aws:lambda:ap-northeast-2:000000000000:function:One-Other'],
    [['Api', 'ApiEndpoint'], 'http://127.0.0.1:1/One/Api'],
  ])('%j is %s', (argument, value) => {
    expect(resolveValue({ 'Fn::GetAtt': argument })).toBe(value);
  });
});

describe('texts put together', () => {
  test.each([
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Table' }, 1]] }, 'a-One-Table-1'],
    [{ 'Fn::Sub': `\${AWS::Region}/\${Table}/\${Table.Arn}` }, /^ap-northeast-2\/One-Table\/arn:/],
    [{ 'Fn::Sub': [`\${own}/\${!kept}`, { own: { Ref: 'Other' } }] }, `One-Other/\${kept}`],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    [{ 'Fn::Select': ['0', ['x', 'y']] }, 'x'],
  ])('%j', (value, expected) => {
    expect(resolveValue(value)).toEqual(
      expected instanceof RegExp ? expect.stringMatching(expected) : expected,
    );
  });

  test("an API's URL becomes its loopback URL, wherever it was put together", () => {
    const host = [{ Ref: 'Api' }, '.execute-api.', { Ref: 'AWS::Region' }, '.amazonaws.com'];
    const url = { 'Fn::Join': ['', ['https://', ...host, '/graphql']] };
    expect(resolveValue([{ url }])).toEqual([{ url: 'http://127.0.0.1:1/One/Api/graphql' }]);
    const socket = { 'Fn::Join': ['', ['wss://', ...host, '/dev']] };
    expect(resolveValue(socket)).toBe('ws://127.0.0.1:1/One/Api/dev');
  });

  test("somebody else's API stays where it is", () => {
    const url = 'https://abcdefghij.execute-api.ap-northeast-2.amazonaws.com';
    expect(resolveValue(url)).toBe(url);
  });
});

describe('what has no value here stops with stack, resource and property', () => {
  test.each<[TemplateValue, string]>([
    [{ Ref: 'Nothing' }, ' refers to Nothing, which isn’t in One'],
    [{ Ref: 'AWS::StackId' }, ': AWS::StackId is not supported on a laptop'],
    [{ 'Fn::GetAtt': ['Table', 'TableId'] }, ': TableId of AWS::DynamoDB::GlobalTable isn’t known'],
    [{ 'Fn::FindInMap': ['a', 'b', 'c'] }, ': Fn::FindInMap is not supported on a laptop'],
    [{ 'Fn::If': ['a', 'b', 'c'] }, ': Fn::If is not supported on a laptop'],
    [{ 'Fn::Select': [3, ['x']] }, ': expected Fn::Select to find an element 3'],
    [{ Ref: 'Table', other: 1 }, ': expected Ref to stand alone'],
    [{ 'Fn::Sub': `\${list}` }, ' refers to list, which isn’t in One'],
  ])('%j', (value, message) => {
    const resolving = () => resolveValue({ 'fn.x': [value] });
    expect(resolving).toThrow(StartError);
    expect(resolving).toThrow(`One/Asked: property Handler.fn.x${message.replaceAll('’', "'")}`);
  });

  test('a parameter that somebody would have to give', () => {
    const more = { Parameters: { Key: { Type: 'AWS::SSM::Parameter::Value<String>' } } };
    expect(() => resolveValue({ Ref: 'Key' }, { more })).toThrow(
      'One/Asked: property Handler refers to the parameter Key, a AWS::SSM::Parameter::Value<String> without a value here.',
    );
  });
});

describe('resources that need each other', () => {
  const needing = (other: string) =>
    resource('AWS::Lambda::Function', { Environment: { 'Fn::Sub': `x\${${other}.Arn}` } });

  test('are refused with the way around', () => {
    const resources = { A: needing('B'), B: needing('C'), C: needing('A') };
    expect(() => resolveAll([makeStack({ resources })])).toThrow(
      'One/C: property Environment closes a circle, A → B → C → A: none of them can be created first.',
    );
  });

  test('DependsOn counts', () => {
    const resources = { A: resource('AWS::IAM::Role', {}, { DependsOn: ['B'] }), B: needing('A') };
    expect(() => resolveAll([makeStack({ resources })])).toThrow(
      'One/B: property Environment closes a circle, A → B → A',
    );
  });

  test('one that needs itself is refused', () => {
    expect(() => resolveAll([makeStack({ resources: { A: needing('A') } })])).toThrow('A → A');
  });

  test('two that need a third are fine', () => {
    const resources = { A: needing('C'), B: needing('C'), C: FUNCTION };
    expect(() => resolveAll([makeStack({ resources })])).not.toThrow();
  });
});

describe('between stacks', () => {
  const exporting = makeStack({
    name: 'First',
    resources: { Table: TABLE },
    outputs: { Name: { Value: { Ref: 'Table' }, Export: { Name: 'First:Table' } } },
  });
  const importing = makeStack({
    name: 'Second',
    resources: {
      Asked: resource('AWS::Lambda::Function', { Handler: { 'Fn::ImportValue': 'First:Table' } }),
    },
  });

  test('an import is what an earlier stack has exported', () => {
    const [first, second] = resolveAll([exporting, importing]);
    expect(first!.outputs).toEqual({ Name: 'First-Table' });
    expect(second!.resources[0]!.properties).toEqual({ Handler: 'First-Table' });
  });

  test('an import from a stack that deploys later is refused', () => {
    expect(() => resolveAll([importing, exporting])).toThrow(
      'Second/Asked: property Handler imports First:Table from First, which deploys later.',
    );
  });

  test('an import that nobody exports is refused', () => {
    expect(() => resolveAll([importing])).toThrow(
      'Second/Asked: property Handler imports First:Table, which no stack exports.',
    );
  });

  test('a name that is exported twice is refused', () => {
    const again = { ...exporting, name: 'Again' };
    expect(() => resolveAll([exporting, again])).toThrow(
      'Again exports First:Table, which First did before.',
    );
  });
});

test('physical names can be given', () => {
  const stack = makeStack({ resources: { Table: TABLE } });
  const names = { 'One/Table': 'memopad-auth' };
  const [resolved] = resolveStacks([stack], { names, urlOf: () => '' });
  expect(resolved!.resources[0]).toMatchObject({
    ref: 'memopad-auth',
    attributes: { Arn: 'arn:aws:dynamodb:ap-northeast-2:000000000000:table/memopad-auth' },
  });
});

describe('a name that another resource has', () => {
  const called = (FunctionName: string) => resource('AWS::Lambda::Function', { FunctionName });

  test('stops the start, in the same stack', () => {
    const resources = { First: called('mine'), Second: called('mine') };
    expect(() => resolveAll([makeStack({ resources })])).toThrow(
      new StartError('One/Second makes the function mine, which One/First did.'),
    );
  });

  test('and in another one', () => {
    const stacks = ['One', 'Two'].map((name) =>
      makeStack({ name, resources: { Mine: called('mine') } }),
    );
    expect(() => resolveAll(stacks)).toThrow(
      new StartError('Two/Mine makes the function mine, which One/Mine did.'),
    );
  });

  test('is fine on another type of resource', () => {
    const role = resource('AWS::IAM::Role', { RoleName: 'mine' });
    expect(() =>
      resolveAll([makeStack({ resources: { First: called('mine'), role } })]),
    ).not.toThrow();
  });
});
