import { type Attribute, toDynamoDB } from './values.ts';

export interface Expression {
  readonly expression: string;
  readonly expressionNames: Readonly<Record<string, string>>;
  readonly expressionValues?: Readonly<Record<string, Attribute | null>>;
}

const COMPARISONS: Readonly<Record<string, string>> = {
  ne: '<>',
  eq: '=',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
};
/** Of `attributeType`. */
const TYPES: Readonly<Record<string, string>> = {
  _null: 'NULL',
  string: 'S',
  stringSet: 'SS',
  number: 'N',
  numberSet: 'NS',
  binary: 'B',
  binarySet: 'BS',
  boolean: 'BOOL',
  list: 'L',
  map: 'M',
};

/** `util.transform.toDynamoDBFilterExpression`. The text of one is recorded, the others' are assumed: only their effect counts. */
export function filterExpression(filter: object): Expression {
  return write(filter, ',');
}

/** A condition of a write, or the key condition of a query. */
export function conditionExpression(condition: object): Expression {
  return write(condition, ', ');
}

/** A condition as the module's functions put it: without empty values, which DynamoDB refuses. */
export function leanCondition(condition: object): Expression {
  const { expressionValues, ...rest } = conditionExpression(condition);
  if (!expressionValues || Object.keys(expressionValues).length === 0) return rest;
  return { ...rest, expressionValues };
}

function write(filter: object, separator: string): Expression {
  const writer = new Writer(separator);
  const expression = writer.all(filter, '');
  return { expression, expressionNames: writer.names, expressionValues: writer.values };
}

/** Writes one expression; collects the names and values it refers to. */
class Writer {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, Attribute | null> = {};
  readonly #separator: string;

  constructor(separator: string) {
    this.#separator = separator;
  }

  /** @param prefix keeps the values of different branches apart */
  all(filter: object, prefix: string): string {
    return Object.entries(filter)
      .filter(([, value]) => value != null)
      .map(([key, value]) => this.#part(key, value, prefix))
      .join(' AND ');
  }

  #part(key: string, value: object, prefix: string): string {
    if (key === 'not') return `(NOT ${this.all(value, join(prefix, key))})`;
    if (key === 'and' || key === 'or') {
      const parts = Array.isArray(value) ? value : [value];
      const written = parts.map((part, index) => this.all(part, join(prefix, key, String(index))));
      return `(${written.join(key === 'or' ? ' OR ' : ' AND ')})`;
    }
    return Object.entries(value)
      .filter(([, operand]) => operand != null)
      .map(([operator, operand]) => `(${this.#operation(key, operator, operand, prefix)})`)
      .join(' AND ');
  }

  #operation(path: string, operator: string, operand: unknown, prefix: string): string {
    const name = this.#name(path);
    const value = (part: unknown, ...suffix: string[]) =>
      this.#value(join(prefix, path, operator, ...suffix), part);
    if (operator in COMPARISONS) return `${name} ${COMPARISONS[operator]} ${value(operand)}`;
    const list = Array.isArray(operand) ? operand : [operand];
    const called = (function_: string, of: unknown = operand) =>
      `${function_}(${name}${this.#separator}${value(of)})`;
    switch (operator) {
      case 'attributeExists':
        return `${operand ? 'attribute_exists' : 'attribute_not_exists'}(${name})`;
      case 'attributeType':
        return called('attribute_type', TYPES[String(operand)] ?? operand);
      case 'contains':
        return called('contains');
      case 'notContains':
        return called('NOT contains');
      case 'beginsWith':
        return called('begins_with');
      case 'between':
        return `${name} BETWEEN ${value(list[0], '1')} AND ${value(list[1], '2')}`;
      case 'in':
        return `${name} IN (${list.map((part, index) => value(part, String(index))).join(this.#separator)})`;
      default:
        throw new Error(`DynamoDB expressions have no operator ${operator}`);
    }
  }

  #name(path: string): string {
    const parts = path.split('.').map((part) => {
      const name = `#${part}`;
      this.names[name] = part;
      return name;
    });
    return parts.join('.');
  }

  #value(name: string, value: unknown): string {
    const placeholder = `:${name}`;
    this.values[placeholder] = toDynamoDB(value);
    return placeholder;
  }
}

function join(...parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .map((part) => part.replaceAll('.', '_'))
    .join('_');
}
