export interface Problem {
  /** From 1. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
  readonly what: string;
  readonly why: string;
}

export function checkCode(code: string): Problem[];
