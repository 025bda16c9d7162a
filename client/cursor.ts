/** A position in a pad's change log, as the wire writes it: `<epoch>.<seq>`. */
export interface Position {
  readonly epoch: string;
  /** The number of the last change before it; 0 at the start. */
  readonly seq: number;
}

/** Undefined when the text isn't a cursor. */
export function readCursor(text: unknown): Position | undefined {
  const [, epoch, seq] = /^(\w+)\.(\d+)$/.exec(String(text)) ?? [];
  return epoch ? { epoch, seq: Number(seq) } : undefined;
}

/** A pad nobody has written to has no log yet: it is at `0.0`, where any log of it starts. */
export function areOfOneLog(one: Position, other: Position): boolean {
  return one.epoch === other.epoch || one.epoch === '0' || other.epoch === '0';
}
