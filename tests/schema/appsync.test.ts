import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { describe, expect, test } from '@jest/globals';
import { buildSchema, isObjectType, parse, printSchema } from 'graphql';
import { printAppSyncSchema } from '#scripts/codegen/appsyncSchema.js';
import { withoutAppSync } from '#scripts/codegen/compose.js';

const TEXT = readFileSync('schema/generated/appsync.graphql', 'utf8');

/** What AppSync brings: https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html and its directives. */
const BROUGHT = `
  scalar AWSDate scalar AWSTime scalar AWSDateTime scalar AWSTimestamp scalar AWSEmail
  scalar AWSJSON scalar AWSPhone scalar AWSURL scalar AWSIPAddress
  directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
  directive @aws_api_key on FIELD_DEFINITION | OBJECT
  directive @aws_iam on FIELD_DEFINITION | OBJECT
  directive @aws_oidc on FIELD_DEFINITION | OBJECT`;

const schema = buildSchema(`${BROUGHT}\n${TEXT}`);

describe('the schema that AppSync is given', () => {
  test('is one with what AppSync brings, and nothing that it does not take', () => {
    const kinds = new Set(parse(TEXT).definitions.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual([
      'EnumTypeDefinition',
      'InputObjectTypeDefinition',
      'ObjectTypeDefinition',
      'SchemaDefinition',
    ]);
    expect(TEXT).not.toMatch(/"""|@key|@link|@join|extend|_entities|_service/);
  });

  test('is the plain API and what the live service calls', () => {
    const api = printSchema(buildSchema(readFileSync('schema/generated/api.graphql', 'utf8')));
    const own = parse(readFileSync('schema/appsync.graphql', 'utf8'));
    const inputs = own.definitions.flatMap((one) =>
      one.kind === 'InputObjectTypeDefinition' ? [one.name.value] : [],
    );
    expect(inputs).toEqual(['MemoChangesInput', 'MemoChangeInput']);
    const names = (text: string) => Object.keys(buildSchema(text).getTypeMap());
    const expected = [...names(api), ...inputs].filter((name) => !/^(AWS|__)/.test(name));
    const got = Object.keys(schema.getTypeMap()).filter((name) => !/^(AWS|__)/.test(name));
    expect(got.sort()).toEqual(expected.sort());
    const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
    expect(mutations).toEqual(expect.arrayContaining(['publishMemoChanges', 'endMemoChanges']));
  });

  test('lets a key and AWS identities ask for few fields, and everybody for what these give', () => {
    expect(modesOf(schema)).toEqual({
      'Mutation.signUp': 'aws_api_key aws_oidc',
      'Mutation.signIn': 'aws_api_key aws_oidc',
      'Mutation.refreshSession': 'aws_api_key aws_oidc',
      'Mutation.publishMemoChanges': 'aws_iam',
      'Mutation.endMemoChanges': 'aws_iam',
      'Subscription.memoChanges': 'aws_subscribe',
      AuthPayload: 'aws_api_key aws_oidc',
      User: 'aws_api_key aws_iam aws_oidc',
      Invite: 'aws_iam aws_oidc',
      Memo: 'aws_iam aws_oidc',
      MemoChange: 'aws_iam aws_oidc',
      MemoChangeBatch: 'aws_iam aws_oidc',
      MemoConnection: 'aws_iam aws_oidc',
      MemoEdge: 'aws_iam aws_oidc',
      Pad: 'aws_iam aws_oidc',
      PadMember: 'aws_iam aws_oidc',
      PageInfo: 'aws_iam aws_oidc',
      Task: 'aws_iam aws_oidc',
    });
  });
});

/** The directives of whatever has some, by its name. */
function modesOf(of: typeof schema): Record<string, string> {
  const found: Record<string, string> = {};
  const note = (name: string, node: DirectiveHolder | null | undefined) => {
    const names = (node?.directives ?? []).map((one) => one.name.value).join(' ');
    if (names !== '') found[name] = names;
  };
  for (const type of Object.values(of.getTypeMap()).filter(isObjectType)) {
    note(type.name, type.astNode);
    for (const field of Object.values(type.getFields())) {
      note(`${type.name}.${field.name}`, field.astNode);
    }
  }
  return found;
}

interface DirectiveHolder {
  readonly directives?: readonly { readonly name: { readonly value: string } }[] | undefined;
}

describe('what AppSync has on top', () => {
  const API = 'type Query { pad: Pad } type Pad { id: ID! pads(first: Int): [Pad!] }';

  test('marks the types that its fields lead to, wherever they stand', () => {
    const text = printAppSyncSchema(API, 'type Query { open: [Pad!]! @aws_iam }');
    expect(text).toContain('type Pad @aws_iam @aws_oidc {');
    expect(text).toContain('open: [Pad!]! @aws_iam');
  });

  test('marks nothing when its fields lead to nothing', () => {
    expect(printAppSyncSchema(API, 'type Query { count: Int @aws_iam }')).toContain('type Pad {');
  });

  test.each([
    ['type Query { pad: Pad! @aws_iam }', 'Expected Query.pad: Pad'],
    ['type Pad { pads(first: Int): [Pad!] @aws_iam }', 'Expected Pad.pads: [Pad!]'],
  ])('may not say otherwise what is there: %s', (own, message) => {
    expect(() => printAppSyncSchema(API, own)).toThrow(message);
  });

  test('may bring no scalar that AppSync does not know', () => {
    const api = 'type Query { size: Size } scalar Size';
    expect(() => printAppSyncSchema(api, 'type Query { a: Int }')).toThrow(
      'Expected scalars that AppSync knows, got Size.',
    );
  });
});

describe('the text of a subgraph', () => {
  const TEXT_FOR_BOTH = `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
    type Query { me: User @aws_api_key @aws_oidc }
    type User @key(fields: "id") @aws_iam { id: ID! }`;

  test('is what its runtime takes once it is without directives for AppSync', () => {
    const bare = withoutAppSync(TEXT_FOR_BOTH);
    expect(bare).not.toContain('aws_');
    expect(bare).toContain('@key(fields: "id")');
    expect(() => buildSubgraphSchema({ typeDefs: parse(bare) })).not.toThrow();
    expect(() => buildSubgraphSchema({ typeDefs: parse(TEXT_FOR_BOTH) })).toThrow(/aws_/);
  });

  test('stays as it is when it has none', () => {
    const text = readFileSync('schema/auth.graphql', 'utf8');
    expect(withoutAppSync(text)).toBe(text);
  });
});
