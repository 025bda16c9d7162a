import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { GatewayContext } from '#gateway/context.ts';
import { type ConditionVariables, findConditionVariables, readConditions } from './conditions.ts';
import { Bag, type Data, type Path } from './data.ts';
import { introspect } from './introspection.ts';
import type { WeighFields } from './operations.ts';
import type { QueryPlan } from './plan.ts';
import type { Conditions, Run } from './run.ts';
import { compileShape } from './shape.ts';
import { INVALID, type ShapedField, type Shaping, shapeObject } from './shaping.ts';
import { compileSteps, type StepsOptions } from './steps.ts';

export interface OperationOptions extends StepsOptions {
  readonly plan: QueryPlan;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** The schema that callers see. */
  readonly schema: GraphQLSchema;
  /** Shapes are compiled while the operation runs, for as long as new kinds of objects come. */
  readonly weighFields: WeighFields;
}

/** An operation that is ready to run: planned and compiled once, for whatever variables. */
export interface CompiledOperation {
  readonly operation: OperationDefinitionNode;
  /** The schema that callers see. */
  readonly schema: GraphQLSchema;
  run(variables: Variables, context: GatewayContext): Promise<Outcome>;
}

type Variables = Readonly<Record<string, unknown>>;

/** What came of an operation. */
export interface Outcome {
  /** Undefined when the operation didn't run. */
  readonly data: Data | null | undefined;
  readonly errors: readonly GraphQLError[];
  /** Where a subgraph left out what the schema promises, without saying why. */
  readonly missing: readonly Path[];
}

export function compileOperation(options: OperationOptions): CompiledOperation {
  const { plan, document, operation, schema } = options;
  if (plan.node?.kind === 'Subscription') throw new TypeError('Expected no subscription.');
  const step = plan.node && compileSteps(plan.node, options);
  const asked = findConditionVariables(document, operation);
  const findFields = createShapes(options, asked);
  return {
    operation,
    schema,
    run: async (variables, context) => {
      const conditions = readConditions(asked, variables);
      if (conditions instanceof GraphQLError) return refuse(conditions);
      const run: Run = { context, variables, conditions, data: new Bag(), errors: [] };
      await step?.(run);
      const shaping: Shaping = { path: [], missing: [], variables };
      const data = shapeObject(findFields(conditions), run.data, shaping);
      const { missing } = shaping;
      return { data: data === INVALID ? null : data, errors: run.errors, missing };
    },
  };
}

function refuse(error: GraphQLError): Outcome {
  return { data: undefined, errors: [error], missing: [] };
}

/** Callers include and skip in few ways; someone who tries them all finds them compiled anew. */
const REMEMBERED_SHAPES = 16;

/** Finds the shape of the response, which @skip and @include alone can change. */
function createShapes(options: OperationOptions, asked: ConditionVariables) {
  const shapes = new Map<string, readonly ShapedField[]>();
  return (conditions: Conditions): readonly ShapedField[] => {
    let key = '';
    for (const name of asked.keys()) key += conditions[name] ? '1' : '0';
    const known = shapes.get(key);
    if (known) return known;
    if (shapes.size >= REMEMBERED_SHAPES) shapes.clear();
    const shape = compileRoot(options, conditions);
    shapes.set(key, shape);
    return shape;
  };
}

function compileRoot(options: OperationOptions, conditions: Conditions): readonly ShapedField[] {
  const { schema, document, operation, weighFields } = options;
  const root = schema.getRootType(operation.operation);
  if (!root) throw new TypeError(`Expected the schema to have a ${operation.operation}.`);
  return compileShape([operation.selectionSet], root, {
    schema,
    conditions,
    weighFields,
    fragments: new Map(
      document.definitions.filter(isFragment).map((fragment) => [fragment.name.value, fragment]),
    ),
    introspect: (fields, variables) =>
      introspect(fields, { schema, document, operation, variables }),
  });
}

function isFragment(
  definition: DocumentNode['definitions'][number],
): definition is FragmentDefinitionNode {
  return definition.kind === Kind.FRAGMENT_DEFINITION;
}
