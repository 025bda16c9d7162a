import type { Position } from './outcome.ts';

/** What AWS calls a resolver's code in logs and errors. */
export const CODE_FILE = 'code.js';

/** A line as CloudWatch and EvaluateCode show it: `INFO - code.js:13:5: "text" {"more":1}`. */
export function logLine(
  level: 'INFO' | 'ERROR',
  position: Position | null,
  given: readonly unknown[],
): string {
  const { line, column } = position ?? { line: 0, column: 0 };
  const told = given.map((value) => JSON.stringify(value ?? null)).join(' ');
  return `${level} - ${CODE_FILE}:${line}:${column}: ${told}`;
}

/** Of such a line. */
export function positionIn(written: string): Position {
  const [, line, column] = /^\w+ - code\.js:(\d+):(\d+):/.exec(written) ?? [];
  return { line: Number(line ?? 0), column: Number(column ?? 0) };
}
