// Stands in for deep-equal and the 40 packages behind it. Two conditions of a plan are compared:
// `[{ kind, value }]`, where a value is a boolean or a Variable.
import { isDeepStrictEqual } from 'node:util';

export default isDeepStrictEqual;
