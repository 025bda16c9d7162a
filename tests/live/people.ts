import { randomBytes } from 'node:crypto';
import { changeCursorOf } from '#domain/memo/changeCursor.ts';
import type { LoggedChange } from '#domain/memo/changeLog.ts';
import { createUlid } from '#domain/viewer/ulid.ts';
import { changeAt } from '#tests/support/changes.ts';
import type { LiveScene } from './openScene.ts';

/** Somebody with an access token, and a personal pad. */
export interface TestPerson {
  readonly userId: string;
  readonly authorization: string;
  ask(query: string, variables?: object): Promise<Record<string, unknown>>;
}

export const PASSWORD = 'correct horse battery staple';

export async function signUp(scene: LiveScene, displayName: string): Promise<TestPerson> {
  const email = `${createUlid(Date.now(), randomBytes)}@example.com`;
  const { signUp: payload } = await askAs(scene, undefined, SIGN_UP, {
    input: { email, displayName, password: PASSWORD },
  });
  const { accessToken, user } = payload as { accessToken: string; user: { id: string } };
  const authorization = `Bearer ${accessToken}`;
  return {
    userId: user.id,
    authorization,
    ask: (query, variables) => askAs(scene, authorization, query, variables),
  };
}

/** Somebody who never signed up but has a good token: enough for most. */
export async function givenPerson(scene: LiveScene): Promise<TestPerson> {
  const userId = createUlid(Date.now(), randomBytes);
  const sessionId = createUlid(Date.now(), randomBytes);
  const { token } = await scene.issuer.issue({ userId, sessionId });
  const authorization = `Bearer ${token}`;
  const ask = (query: string, variables?: object) => askAs(scene, authorization, query, variables);
  return { userId, authorization, ask };
}

const SIGN_UP = `mutation ($input: SignUpInput!) { signUp(input: $input) { accessToken user { id } } }`;

async function askAs(
  { memopad }: LiveScene,
  authorization: string | undefined,
  query: string,
  variables: object = {},
): Promise<Record<string, unknown>> {
  const { body } = await memopad.gateway({
    ...{ method: 'POST', path: '/graphql', search: '', sourceIp: '127.0.0.1' },
    headers: {
      host: 'localhost',
      'content-type': 'application/json',
      ...(authorization && { authorization }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = JSON.parse(String(body));
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** Makes a memo and logs it as the next change of its pad. */
export async function writeMemo(
  scene: LiveScene,
  person: TestPerson,
  input: object = {},
  given: Partial<LoggedChange> = {},
): Promise<string> {
  const whole = { title: 'Milk', body: 'and bread', ...input };
  const mutation = `mutation ($input: CreateMemoInput!) { createMemo(input: $input) { id } }`;
  const { createMemo } = await person.ask(mutation, { input: whole });
  const { id: memoId } = createMemo as { id: string };
  const padId = memoId.split('.')[0] ?? '';
  await logChange(scene, padId, { kind: 'CREATED', version: 1, memoId, ...given });
  return memoId;
}

/** Appends the next change, as the sequencer would. */
export async function logChange(
  { changes }: LiveScene,
  padId: string,
  given: Partial<LoggedChange> = {},
): Promise<number> {
  const { seq } = await changes.head(padId);
  const change = changeAt(padId, seq + 1, given);
  await changes.append(change);
  const { epoch, source: lastSource } = change;
  await changes.moveHead(padId, { epoch, seq: seq + 1, lastSource });
  return seq + 1;
}

export async function headOf({ changes }: LiveScene, padId: string): Promise<string> {
  return changeCursorOf(await changes.head(padId));
}

export async function logMany(scene: LiveScene, person: TestPerson, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await logChange(scene, person.userId);
}
