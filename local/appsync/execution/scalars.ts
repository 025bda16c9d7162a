import {
  GraphQLError,
  type GraphQLScalarType,
  type GraphQLSchema,
  isScalarType,
  Kind,
} from 'graphql';

/** @returns whether a value is one of the scalar's; AppSync checks both what comes in and what resolvers return. */
type IsValid = (value: string) => boolean;

const DATE = String.raw`\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?`;
const OFFSET = String.raw`(Z|[+-]\d{2}:[0-5]\d(:[0-5]\d)?)`;

const matches = (pattern: string): IsValid => {
  const whole = new RegExp(`^${pattern}$`);
  return (value) => whole.test(value);
};

/** A day that its month has. */
const isDay = (value: string): boolean => {
  const day = value.slice(0, 'yyyy-mm-dd'.length);
  return new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) ?? false;
};

const isOf =
  (pattern: string): IsValid =>
  (value) =>
    matches(pattern)(value) && isDay(value);

/** https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html */
const TEXTS: Readonly<Record<string, IsValid>> = {
  AWSDate: isOf(`${DATE}${OFFSET}?`),
  AWSDateTime: isOf(`${DATE}T${TIME}${OFFSET}`),
  AWSTime: matches(`${TIME}${OFFSET}?`),
  AWSEmail: matches(String.raw`[^\s@]+@[^\s@]+`),
  AWSIPAddress: matches(String.raw`[0-9a-fA-F.:]+(/\d{1,3})?`),
  AWSPhone: matches(String.raw`\+?[0-9()\s.-]+`),
  AWSURL: (value) => URL.canParse(value),
};

/** Makes the scalars of a schema that was read from a text behave as AppSync's. */
export function equipScalars(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap()).filter(isScalarType)) {
    const isValid = TEXTS[type.name];
    if (isValid) equipText(type, isValid);
  }
  equip(schema, 'AWSTimestamp', { read: readTimestamp, write: readTimestamp });
  equip(schema, 'AWSJSON', { read: readJson, write: (value) => JSON.stringify(value) });
  return schema;
}

function equipText(type: GraphQLScalarType, isValid: IsValid): void {
  const check = (value: unknown, doing: string): string => {
    if (typeof value === 'string' && isValid(value)) return value;
    throw new GraphQLError(`Unable to ${doing} \`${value}\` as a valid ${type.name}.`);
  };
  type.parseValue = (value) => check(value, 'parse');
  type.parseLiteral = (node) => check(node.kind === Kind.STRING ? node.value : undefined, 'parse');
  type.serialize = (value) => check(value, 'serialize');
}

interface Conversion {
  read(value: unknown): unknown;
  write(value: unknown): unknown;
}

function equip(schema: GraphQLSchema, name: string, { read, write }: Conversion): void {
  const type = schema.getType(name);
  if (!isScalarType(type)) return;
  type.parseValue = read;
  type.parseLiteral = (node) =>
    read(node.kind === Kind.INT ? Number(node.value) : 'value' in node ? node.value : undefined);
  type.serialize = write;
}

/** Seconds since 1970. */
function readTimestamp(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw new GraphQLError(`Unable to parse \`${value}\` as a valid AWSTimestamp.`);
}

function readJson(value: unknown): unknown {
  try {
    return JSON.parse(String(value));
  } catch {
    throw new GraphQLError('Unable to parse a text as a valid AWSJSON.');
  }
}
