/** Looks at bytes of a connection as they come in. @returns false once a frame is larger than allowed */
export type CheckFrames = (chunk: Buffer) => boolean;

/** FIN and opcode, mask bit and length, at most 8 bytes of a longer length, 4 of the mask: RFC 6455 section 5.2. */
const MAX_HEAD_BYTES = 14;
const MASK_BYTES = 4;

/**
 * The library knows messages alone, and how large one may be; API Gateway limits frames too, so their
 * heads are read along.
 */
export function createFrameCheck(maxBytes: number): CheckFrames {
  const head = Buffer.alloc(MAX_HEAD_BYTES);
  let headBytes = 0;
  /** Of the current frame, still to come. */
  let payloadBytes = 0;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      const skipped = Math.min(payloadBytes, chunk.length - at);
      payloadBytes -= skipped;
      at += skipped;
      if (at === chunk.length) break;
      head[headBytes] = chunk[at] ?? 0;
      headBytes += 1;
      at += 1;
      const length = readLength(head, headBytes);
      if (length === undefined) continue;
      if (length > maxBytes) return false;
      payloadBytes = length;
      headBytes = 0;
    }
    return true;
  };
}

/** Undefined until the head is whole. */
function readLength(head: Buffer, bytes: number): number | undefined {
  if (bytes < 2) return undefined;
  const second = head[1] ?? 0;
  const short = second & 0x7f;
  const lengthBytes = short === 127 ? 8 : short === 126 ? 2 : 0;
  const isMasked = second >= 0x80;
  if (bytes < 2 + lengthBytes + (isMasked ? MASK_BYTES : 0)) return undefined;
  if (lengthBytes === 0) return short;
  return lengthBytes === 2 ? head.readUInt16BE(2) : Number(head.readBigUInt64BE(2));
}
