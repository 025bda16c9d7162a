/**
 * Methods of arrays that are loops: AppSync ends each behind its 1,000th turn, for-of too, without a word
 * (https://github.com/aws/aws-appsync-community/issues/371).
 */
const LOOPS = [
  'every',
  'filter',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'flatMap',
  'forEach',
  'map',
  'reduce',
  'reduceRight',
  'some',
] as const;

/**
 * What APPSYNC_JS has of JavaScript's own objects; everything else is taken away, so that what
 * would fail there fails here. https://docs.aws.amazon.com/appsync/latest/devguide/supported-features.html
 */
export const BUILTINS = {
  globals: ['Array', 'Infinity', 'JSON', 'Math', 'NaN', 'Number', 'Object', 'String', 'undefined'],
  statics: {
    Object: ['assign', 'entries', 'hasOwn', 'keys', 'values'],
    String: ['raw'],
    Number: ['isFinite', 'isNaN'],
    Math: ['ceil', 'floor', 'max', 'min', 'random', 'round'],
    JSON: ['parse', 'stringify'],
    Array: [],
  },
  /** `toString` and `valueOf` are what templates and operators use. */
  methods: {
    Object: ['toString', 'valueOf'],
    Function: ['toString'],
    Number: ['toString', 'valueOf'],
    Boolean: ['toString', 'valueOf'],
    String: [
      'charAt',
      'concat',
      'endsWith',
      'indexOf',
      'lastIndexOf',
      'replace',
      'replaceAll',
      'slice',
      'split',
      'startsWith',
      'toLowerCase',
      'toString',
      'toUpperCase',
      'trim',
      'trimEnd',
      'trimStart',
      'valueOf',
    ],
    Array: [
      ...LOOPS,
      'concat',
      'fill',
      'flat',
      'indexOf',
      'join',
      'lastIndexOf',
      'pop',
      'push',
      'reverse',
      'shift',
      'slice',
      'sort',
      'splice',
      'toString',
      'unshift',
    ],
  },
  loops: LOOPS,
  loopTurnsMax: 1000,
} as const;
