import type { Position } from './outcome.ts';

/** Code that can't be loaded at all. */
export class CodeError extends Error {
  readonly position: Position;

  constructor(message: string, position: Position) {
    super(message);
    this.name = 'CodeError';
    this.position = position;
  }
}
