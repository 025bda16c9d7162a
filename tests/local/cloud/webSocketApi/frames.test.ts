import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createFrameCheck } from '#local/cloud/webSocketApi/frames.ts';

/** A frame as clients send it: masked. */
function makeFrame(bytes: number): Buffer {
  const mask = Buffer.alloc(4, 7);
  const payload = Buffer.alloc(bytes, 0xff);
  if (bytes < 126) return Buffer.concat([Buffer.from([0x81, 0x80 | bytes]), mask, payload]);
  const head = Buffer.alloc(bytes < 65_536 ? 4 : 10);
  head[0] = 0x81;
  head[1] = 0x80 | (bytes < 65_536 ? 126 : 127);
  if (bytes < 65_536) head.writeUInt16BE(bytes, 2);
  else head.writeBigUInt64BE(BigInt(bytes), 2);
  return Buffer.concat([head, mask, payload]);
}

const MAX = 70_000;
const sizes = fc.oneof(
  fc.integer({ min: 0, max: 200 }),
  fc.constantFrom(125, 126, 65_535, 65_536, MAX, MAX + 1),
);

test('frames are measured, however they are cut into pieces', () => {
  fc.assert(
    fc.property(
      fc.array(sizes, { minLength: 1, maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1 }),
      (lengths, cuts) => {
        const bytes = Buffer.concat(lengths.map(makeFrame));
        const isSmall = createFrameCheck(MAX);
        let all = true;
        for (let at = 0, cut = 0; at < bytes.length; cut += 1) {
          const size = cuts[cut % cuts.length] ?? 1;
          all &&= isSmall(bytes.subarray(at, at + size));
          at += size;
        }
        expect(all).toBe(lengths.every((length) => length <= MAX));
      },
    ),
    { numRuns: 50 },
  );
});
