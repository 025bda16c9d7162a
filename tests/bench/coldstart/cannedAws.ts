import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { isoTime } from '#domain/clock.ts';
import type { SubgraphRequest } from '#domain/viewer/subgraphRequest.ts';
import { toMemoItem } from '#table/memo/memoItem.ts';
import { answerBench } from '#tests/bench/harness/child.ts';
import { readBody, startListening } from '#tests/bench/harness/http.ts';
import { MEMO_ID, PAD_ID, ULID } from './contenders.ts';

/** Everything that a function waits for at its first request, in one process that has it ready. */
const NOW = isoTime(Date.now());
const MEMO = toMemoItem({
  id: MEMO_ID,
  padId: PAD_ID,
  ulid: ULID,
  title: 'Cold',
  body: 'start',
  excerpt: 'start',
  tags: [],
  color: 'DEFAULT',
  pinned: false,
  state: 'ACTIVE',
  version: 1,
  createdAt: NOW,
  updatedAt: NOW,
  trashedAt: null,
  authorId: PAD_ID,
  lastEditorId: PAD_ID,
  taskCount: 0,
  doneTaskCount: 0,
  bodyBytes: 5,
});

const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
const jwk = { ...(await exportJWK(publicKey)), alg: 'RS256', use: 'sig', kid: 'bench' };
const spki = await crypto.subtle.exportKey('spki', publicKey as never);

function answer(path: string, target: string, body: string): unknown {
  if (path.endsWith('/jwks.json')) return { keys: [jwk] };
  if (path.endsWith('/invocations')) return answerSubgraph(JSON.parse(body));
  if (target.endsWith('.GetPublicKey')) return { PublicKey: Buffer.from(spki).toString('base64') };
  if (target.endsWith('.Sign')) return { Signature: Buffer.alloc(256).toString('base64') };
  return { Item: MEMO };
}

/** As the planner asks: the memo of one, then the author of the other. */
function answerSubgraph({ variables = {} }: SubgraphRequest): unknown {
  if ('representations' in variables) return { data: { _entities: [{ displayName: 'Person' }] } };
  const author = { __typename: 'User', id: PAD_ID };
  return { data: { memo: { id: MEMO_ID, title: 'Cold', author } } };
}

const server = createServer(async (request, response) => {
  const target = String(request.headers['x-amz-target'] ?? '');
  const text = JSON.stringify(answer(request.url ?? '', target, await readBody(request)));
  response.writeHead(200, { 'content-type': 'application/json' }).end(text);
});
const origin = (await startListening(server)).replace(/\/$/, '');

const token = await new SignJWT({ sid: 'bench', scope: 'memopad', token_use: 'access' })
  .setProtectedHeader({ alg: 'RS256', kid: 'bench', typ: 'JWT' })
  .setIssuer(origin)
  .setSubject(PAD_ID)
  .setAudience('memopad')
  .setJti('bench')
  .setIssuedAt()
  .setExpirationTime('6h')
  .sign(privateKey);
answerBench({ origin, token });
