/** An object of a subgraph's answer. */
export type Data = Record<string, unknown>;

/** Where something stands in a response: names and places in lists. */
export type Path = readonly (string | number)[];

/** An object without a prototype: a caller may call a field `constructor` or `__proto__`. As fast as any other, which `Object.create(null)` isn't. */
export class Bag {
  [name: string]: unknown;
}
Object.setPrototypeOf(Bag.prototype, null);
Reflect.deleteProperty(Bag.prototype, 'constructor');

export function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether every object of JSON seems to have a property of this name. */
export function isInherited(name: string): boolean {
  return name in Object.prototype;
}

/** A property of the object itself, or undefined. */
export function readOwn(data: Data, name: string): unknown {
  return Object.hasOwn(data, name) ? data[name] : undefined;
}

/** Sets a property of the object itself, whatever its name. */
export function writeOwn(data: Data, name: string, value: unknown): void {
  if (name !== '__proto__') {
    data[name] = value;
    return;
  }
  const fully = { configurable: true, enumerable: true, writable: true };
  Object.defineProperty(data, name, { ...fully, value });
}
