import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html. Whether the text is an address is for the domain to say. */
export const AWSEmail = new GraphQLScalarType<string, string>({
  name: 'AWSEmail',
  serialize: String,
  parseValue: readText,
  parseLiteral: (node) => readText(node.kind === Kind.STRING ? node.value : undefined),
});

function readText(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new GraphQLError('Expected an e-mail address such as "name@example.com".', {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}
