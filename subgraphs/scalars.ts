import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { epochMsOf, isoTime } from '#domain/clock.ts';

/** https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html: read with any offset, kept and answered in UTC. */
export const AWSDateTime = new GraphQLScalarType<string, string>({
  name: 'AWSDateTime',
  serialize: String,
  parseValue: readDateTime,
  parseLiteral: (node) => readDateTime(node.kind === Kind.STRING ? node.value : undefined),
});

function readDateTime(value: unknown): string {
  const time = typeof value === 'string' ? epochMsOf(value) : null;
  if (time === null) {
    throw new GraphQLError('Expected a date and time such as "2026-01-31T09:30:00.000Z".', {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  }
  return isoTime(time);
}
