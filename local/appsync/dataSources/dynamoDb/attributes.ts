/** An attribute in DynamoDB's own JSON: numbers are texts, binaries base64. */
export type AttributeValue = Readonly<Record<string, unknown>>;
export type AttributeMap = Readonly<Record<string, AttributeValue>>;

/** A handler's attributes (`{ N: 1 }`, `{ NULL: null }`) as DynamoDB takes them. */
export function toWire(map: object): AttributeMap {
  return eachValue(map, wireValue);
}

/** An item as `ctx.result` has it; null stays null. Sets become lists. */
export function fromWire(map: AttributeMap | null | undefined): Record<string, unknown> | null {
  return map ? eachValue(map, plainValue) : null;
}

function wireValue(attribute: unknown): AttributeValue {
  if (attribute == null) return { NULL: true };
  const [[type = '', value] = []] = Object.entries(attribute);
  switch (type) {
    case 'N':
      return { N: String(value) };
    case 'NS':
      return { NS: (value as readonly unknown[]).map(String) };
    case 'NULL':
      return { NULL: true };
    case 'L':
      return { L: (value as readonly unknown[]).map(wireValue) };
    case 'M':
      return { M: toWire(value as object) };
    default:
      return { [type]: value };
  }
}

function plainValue(attribute: AttributeValue): unknown {
  const [[type, value] = []] = Object.entries(attribute);
  switch (type) {
    case 'N':
      return Number(value);
    case 'NS':
      return (value as readonly unknown[]).map(Number);
    case 'NULL':
      return null;
    case 'L':
      return (value as readonly AttributeValue[]).map(plainValue);
    case 'M':
      return fromWire(value as AttributeMap);
    default:
      return value;
  }
}

function eachValue<Given, Made>(map: object, make: (value: Given) => Made): Record<string, Made> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, make(value)]));
}
