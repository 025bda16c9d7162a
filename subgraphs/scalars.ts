import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html: read with any offset, kept and answered in UTC. */
export const AWSDateTime = new GraphQLScalarType<string, string>({
  name: 'AWSDateTime',
  serialize: String,
  parseValue: readDateTime,
  parseLiteral: (node) => readDateTime(node.kind === Kind.STRING ? node.value : undefined),
});

function readDateTime(value: unknown): string {
  const day = typeof value === 'string' ? DATE_TIME.exec(value)?.[1] : undefined;
  const time = new Date(String(value)).getTime();
  if (day === undefined || Number.isNaN(time) || !existsInCalendar(day)) {
    throw new GraphQLError('Expected a date and time such as "2026-01-31T09:30:00.000Z".', {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  }
  return new Date(time).toISOString();
}

/** `new Date` turns the 30th of February into the 2nd of March. */
function existsInCalendar(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}
