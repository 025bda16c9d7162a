/**
 * The text that runs inside the sandbox before any handler does. Only JSON crosses its border: a
 * utility is a call of `host` with its name and arguments, a handler gets its context as text.
 * Plain JavaScript in a text, as a function's own text would name what bundlers put beside it.
 */
export const GUEST = `
(function guest(host, tables) {
  'use strict';
  const { utilities, modules, builtins } = tables;
  const { parse, stringify } = JSON;
  const { assign, freeze, getOwnPropertyNames } = Object;
  const { apply, deleteProperty } = Reflect;
  const { replace } = String.prototype;
  const { slice, sort } = Array.prototype;
  const ErrorOfGuest = Error;
  const RegExpOfGuest = RegExp;
  const HALT = freeze({});

  // Instead of texts of stacks: the innermost place in the handler's code. Node looks for it here.
  const prepareStackTrace = (error, frames) => {
    const frame = frames.find((one) => one.getFileName() === 'code.js');
    return frame ? { line: frame.getLineNumber(), column: frame.getColumnNumber() } : null;
  };

  const call = (name) => (...given) => {
    while (given.length > 0 && given[given.length - 1] === undefined) given.length -= 1;
    const answer = parse(host(name, stringify({ given, position: new ErrorOfGuest().stack })));
    if (answer.halt) throw HALT;
    if (answer.fault !== undefined) throw new ErrorOfGuest(answer.fault);
    return answer.value;
  };

  const tree = {};
  for (const name of utilities) {
    const path = name.split('.');
    const last = path.pop();
    let branch = tree;
    for (const part of path) branch = branch[part] ??= {};
    branch[last] = call(name);
  }

  const keepOnly = (object, names) => {
    for (const name of getOwnPropertyNames(object)) {
      if (names.indexOf(name) < 0) deleteProperty(object, name);
    }
  };
  const holders = {};
  for (const name of Object.keys({ ...builtins.statics, ...builtins.methods })) holders[name] = globalThis[name];

  String.prototype.replace = function (pattern, by) {
    return apply(replace, this, [new RegExpOfGuest(pattern), by]);
  };
  String.prototype.replaceAll = function (pattern, by) {
    return apply(replace, this, [new RegExpOfGuest(pattern, 'g'), by]);
  };
  Array.prototype.sort = function (...given) {
    if (given.length > 0) throw new ErrorOfGuest('Array.prototype.sort takes no arguments in APPSYNC_JS');
    return apply(sort, this, []);
  };
  const turns = (list) =>
    list.length > builtins.loopTurnsMax ? apply(slice, list, [0, builtins.loopTurnsMax]) : list;
  for (const name of [...builtins.loops, Symbol.iterator]) {
    const whole = Array.prototype[name];
    Array.prototype[name] = function (...given) {
      return apply(whole, turns(this), given);
    };
  }
  JSON.parse = (text) => {
    try {
      return parse(text);
    } catch {
      return '';
    }
  };
  Math.random = () => tree.util.math.randomDouble();

  const all = globalThis;
  const methods = Object.entries(builtins.methods);
  const statics = Object.entries(builtins.statics);
  keepOnly(all, builtins.globals);
  for (const [name, names] of statics) keepOnly(holders[name], [...names, 'prototype', 'length', 'name']);
  for (const [name, names] of methods) keepOnly(holders[name].prototype, ['length', ...names]);
  all.Error = freeze({ prepareStackTrace });
  assign(all, { util: tree.util, runtime: tree.runtime, extensions: tree.extensions, console: tree.console });

  const load = (name) => {
    if (modules[name] === undefined) throw new ErrorOfGuest("There is no module '" + name + "'");
    return modules[name] === '' ? tree : tree[modules[name]];
  };

  const result = (script, name, context) => {
    const handler = script(load)[name];
    if (handler === undefined) throw new ErrorOfGuest('The code exports no function ' + name);
    const value = handler(context);
    return { value: value === undefined ? null : value };
  };

  return (script, name, contextText) => {
    const context = parse(contextText);
    context.args = context.arguments;
    freeze(context);
    const left = () => ({ stash: context.stash, arguments: context.arguments });
    try {
      return stringify({ ...result(script, name, context), ...left() });
    } catch (error) {
      if (error === HALT) return stringify(left());
      return stringify({ fault: { message: error.message, position: error.stack }, ...left() });
    }
  };
})
`;
