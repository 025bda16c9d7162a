// Everybody who watched a pad heard nothing any more when one of them selected so much that a page of it was over 6 MB.
// Only a refused page was asked for change by change, not one that failed; and a group that failed kept `pushed` for all.
import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { serveHttpApi } from '#aws/httpApi.ts';
import { createWatchTokenIssuer } from '#domain/auth/issueWatchToken.ts';
import type { AskGateway } from '#live/push/askGateway.ts';
import { createGatewayByLambda } from '#live/push/gatewayByLambda.ts';
import { createWatchTokens } from '#live/push/watchTokens.ts';
import { initialisedClient, seqsOf, WATCH, watch } from '#tests/live/client.ts';
import { logChange, signUp, writeMemo } from '#tests/live/people.ts';
import { useLiveScene } from '#tests/live/scene.ts';

const scene = useLiveScene();

/** What a function may answer with: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const LAMBDA_ANSWER_BYTES = 6 * 1024 * 1024;

/** The scene's gateway, as a function that fails when it has too much to say. */
function asFunction(): AskGateway {
  const { url: issuer, signingKey } = scene.issuer;
  const issue = createWatchTokenIssuer({ issuer, signingKey, clock: scene.now, randomBytes });
  const watchTokens = createWatchTokens({
    invoke: (payload) => issue((payload as { padId: string }).padId),
    clock: scene.now,
  });
  const serve = serveHttpApi(scene.memopad.gateway);
  return createGatewayByLambda({
    watchTokens,
    async invoke(event) {
      const answer = await serve(event as Parameters<typeof serve>[0]);
      if (Buffer.byteLength(JSON.stringify(answer)) <= LAMBDA_ANSWER_BYTES) return answer;
      failures += 1;
      throw new Error('Function.ResponseSizeTooLarge');
    },
  });
}
let failures = 0;

test('a document whose answer is more than a function may say holds up nobody, not even itself', async () => {
  const person = await signUp(scene, 'Ada');
  const padId = person.userId;
  const memoId = await writeMemo(scene, person, { body: '"'.repeat(99_000) });
  await scene.drain(padId);
  const four = WATCH.replace('title body', 'a: body b: body c: body d: body');
  const clients = [await initialisedClient(scene, person), await initialisedClient(scene, person)];
  for (const [index, client] of clients.entries()) {
    await watch(client, { padId }, index === 0 ? four : WATCH.replace('title body', 'title'));
  }
  scene.ask = asFunction();
  for (let version = 2; version <= 11; version += 1) {
    await logChange(scene, padId, { memoId, version });
  }
  await scene.drain(padId);
  expect(failures).toBeGreaterThan(0);
  const seqs = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
  for (const client of clients) expect(seqsOf(client)).toEqual(seqs);
  expect((await scene.changes.storedHead(padId)).pushed).toBe(11);
});
