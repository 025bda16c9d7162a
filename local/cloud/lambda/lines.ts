/** Longer texts without a line break are cut into pieces of this many characters. */
const MAX_LINE_LENGTH = 256 * 1024;
/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html: `LogResult`. */
const TAIL_BYTES = 4 * 1024;

export interface LineReader {
  add(text: string): void;
  /** Takes what has no line break yet for a line. */
  flush(): void;
}

/** Cuts text that comes in pieces into lines. */
export function createLineReader(onLine: (line: string) => void): LineReader {
  let rest = '';
  const flush = (): void => {
    if (rest) onLine(rest);
    rest = '';
  };
  return {
    add(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
      if (rest.length > MAX_LINE_LENGTH) flush();
    },
    flush,
  };
}

export interface Tail {
  add(line: string): void;
  /** The last 4 KB, each line with its line break. */
  text(): string;
}

/** Keeps the end of a log. */
export function createTail(): Tail {
  let kept = '';
  return {
    add(line) {
      kept = `${kept}${line}\n`.slice(-TAIL_BYTES);
    },
    text: () => lastBytes(Buffer.from(kept)).toString(),
  };
}

/** Without the rest of a character that was cut. */
function lastBytes(bytes: Buffer): Buffer {
  const end = bytes.subarray(-TAIL_BYTES);
  const start = end.findIndex((byte) => (byte & 0b1100_0000) !== 0b1000_0000);
  return end.subarray(Math.max(start, 0));
}
