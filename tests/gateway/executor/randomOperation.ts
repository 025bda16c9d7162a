import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isUnionType,
} from 'graphql';
import type { Sent } from './executors.ts';

/** The next number of a sequence: 0 ≤ it < `most`. */
type Draw = (most: number) => number;

const MAX_DEPTH = 5;

/** Writes a valid operation over a schema; the same seed writes the same one. */
export function writeOperation(schema: GraphQLSchema, seed: number): Sent {
  const writer = createWriter(schema, createDraw(seed));
  const root = writer.draw(5) === 0 ? schema.getMutationType() : schema.getQueryType();
  if (!root) throw new Error('Expected a root type.');
  const selections = writer.selections(root, 0);
  const kind = root === schema.getQueryType() ? 'query' : 'mutation';
  const heads = ['$yes: Boolean!', '$no: Boolean! = false', '$maybe: Boolean = true'];
  const used = heads.filter((head) => {
    const name = head.slice(0, head.indexOf(':'));
    return [selections, ...writer.fragments].some((text) => text.includes(name));
  });
  const head = used.length > 0 ? `(${used.join(', ')})` : '';
  const variables = {
    yes: writer.draw(2) === 0,
    ...(writer.draw(2) === 0 && { no: writer.draw(2) === 0 }),
    ...(writer.draw(2) === 0 && { maybe: false }),
  };
  return { query: `${kind} Op${head} ${selections}\n${writer.fragments.join('\n')}`, variables };
}

function createWriter(schema: GraphQLSchema, draw: Draw) {
  const fragments: string[] = [];
  let aliases = 0;

  const selections = (type: GraphQLNamedType, depth: number): string => {
    const count = 1 + draw(4);
    const parts = Array.from({ length: count }, () => selection(type, depth));
    return `{ ${draw(6) === 0 ? '__typename ' : ''}${parts.join(' ')} }`;
  };

  function selection(type: GraphQLNamedType, depth: number): string {
    const kind = draw(8);
    if (
      depth < MAX_DEPTH &&
      (kind === 0 || (kind < 4 && isAbstractType(type)) || isUnionType(type))
    ) {
      return fragment(type, depth);
    }
    return field(type, depth);
  }

  function fragment(type: GraphQLNamedType, depth: number): string {
    const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
    const inner = types[draw(types.length)] ?? type;
    const below = selections(inner, depth + 1);
    if (draw(3) > 0)
      return `...${draw(4) === 0 && inner === type ? '' : ` on ${inner.name}`}${directive()} ${below}`;
    const name = `F${fragments.length}`;
    fragments.push(`fragment ${name} on ${inner.name} ${below}`);
    return `...${name}${directive()}`;
  }

  function field(type: GraphQLNamedType, depth: number): string {
    const all = 'getFields' in type ? Object.values(type.getFields()) : [];
    const fields = all as GraphQLField<unknown, unknown>[];
    const fitting = fields.filter(
      ({ type: of }) => depth < MAX_DEPTH || !isCompositeType(getNamedType(of)),
    );
    const chosen = fitting[draw(fitting.length)];
    if (!chosen) return '__typename';
    const named = getNamedType(chosen.type);
    // With arguments or selections of its own, each occurrence gets a name of its own, so that none conflict.
    const mustDiffer = chosen.args.length > 0;
    const alias = mustDiffer || draw(5) === 0 ? `a${aliases++}: ` : '';
    const below = isCompositeType(named) ? ` ${selections(named, depth + 1)}` : '';
    return `${alias}${chosen.name}${args(chosen)}${directive()}${below}`;
  }

  function args({ args: defined }: GraphQLField<unknown, unknown>): string {
    const given = defined.filter((argument) => isRequiredArgument(argument) || draw(3) === 0);
    const written = given.map(({ name, type }) => `${name}: ${value(type)}`);
    return written.length > 0 ? `(${written.join(', ')})` : '';
  }

  function value(type: GraphQLInputType): string {
    const nullable = getNullableType(type) as GraphQLInputType;
    if (isListType(nullable)) return `[${value(nullable.ofType)}]`;
    if (isEnumType(nullable)) return nullable.getValues()[0]?.name ?? '';
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields()).filter(({ type: of }) =>
        isNonNullType(of),
      );
      return `{${fields.map(({ name, type: of }) => `${name}: ${value(of)}`).join(', ')}}`;
    }
    const scalars: Record<string, string> = { Int: String(draw(9)), Boolean: 'true', Float: '1.5' };
    return scalars[String(nullable)] ?? `"x${draw(5)}"`;
  }

  function directive(): string {
    if (draw(4) > 0) return '';
    const condition = ['$yes', '$no', '$maybe', 'true', 'false'][draw(5)];
    return ` @${draw(2) === 0 ? 'skip' : 'include'}(if: ${condition})`;
  }

  return { selections, fragments, draw };
}

/** mulberry32, a small generator of even numbers: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function createDraw(seed: number): Draw {
  let state = seed | 0;
  return (most) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, most);
  };
}
