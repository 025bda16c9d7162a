import { expect, test } from '@jest/globals';
import type { Replay } from '#live/push/push.ts';
import type { BeginOptions } from '#live/socket/catchUp.ts';
import { createReplayer } from '#live/socket/replayer.ts';
import { changeAt, EPOCH } from '#tests/support/changes.ts';
import { NOW, someUlid } from '#tests/support/memos.ts';

/** A log of five changes, and a gateway that tells at most so many of them a run. */
function givenReplayer(toldAtOnce: number) {
  const padId = someUlid();
  const log = [1, 2, 3, 4, 5].map((seq) => changeAt(padId, seq));
  const sent: string[] = [];
  const replay: Replay['replay'] = async (_, { from, toSeq }) => {
    const to = { ...from, seq: Math.min(toSeq, from.seq + toldAtOnce) };
    sent.push(`${from.seq + 1}..${to.seq}`);
    return { outcome: 'POSTED', to, bytes: 1 };
  };
  const options = {
    changes: { read: async (_: string, afterSeq: number) => log.slice(afterSeq) },
    ...{ push: { replay }, clock: () => NOW, signal: new AbortController().signal },
  } as unknown as BeginOptions;
  const subscription = {
    ...{ padId, connectionId: 'C=', operationId: '1' },
    ...{ documentHash: 'docHash1', expiresAt: NOW },
  };
  const start = { from: { epoch: EPOCH, seq: 0 }, head: { epoch: EPOCH, seq: 5 }, reset: false };
  return { ...createReplayer(options, subscription, padId, start), start, sent };
}

test.each([
  [9, ['1..5']],
  [2, ['1..2', '3..4', '5..5']],
])('what is there now is sent to its end, of which a run tells %i at most', async (told, sent) => {
  const replayer = givenReplayer(told);
  expect(await replayer.toEndOfNow(replayer.start.from)).toEqual({ epoch: EPOCH, seq: 5 });
  expect(replayer.sent).toEqual(sent);
});
