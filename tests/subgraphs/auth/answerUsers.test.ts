import { describe, expect, test } from '@jest/globals';
import { createAuthFunction } from '#subgraphs/auth/answerUsers.ts';
import { CLIENT } from '#tests/domain/auth/useAuth.ts';
import { givenPerson, useAuthService } from './useAuthService.ts';

const app = useAuthService();
const requestId = 'request-1';
const bearer = (token: string) => `Bearer ${token}`;

describe('the auth function', () => {
  test('answers many questions for users with one read for each asker', async () => {
    const [mina, joon] = [await givenPerson(app), await givenPerson(app)];
    const answer = createAuthFunction(app.service.subgraph);
    const authorization = bearer(mina.token);
    app.commands.length = 0;
    const answers = await answer([
      { id: mina.id, authorization, requestId },
      { id: joon.id, authorization: bearer(joon.token), requestId },
      { id: joon.id, authorization, requestId },
      { id: mina.id, authorization, requestId },
      { id: mina.id, requestId },
    ]);
    const user = ({ id }: { id: string }, email: string | null) => ({
      data: { user: expect.objectContaining({ id, displayName: '박미나', email }) },
    });
    expect(answers).toEqual([
      user(mina, mina.email),
      user(joon, joon.email),
      user(joon, null),
      user(mina, mina.email),
      user(mina, null),
    ]);
    expect(app.commands).toEqual(Array(3).fill('BatchGetItemCommand'));
  });

  test('tells of a user who is gone, and refuses a bad token to its own asker alone', async () => {
    const mina = await givenPerson(app);
    const answer = createAuthFunction(app.service.subgraph);
    const answers = await answer([
      { id: '01ARZ3NDEKTSV4RRFFQ69G0000', authorization: bearer(mina.token), requestId },
      { id: mina.id, authorization: 'Bearer x', requestId },
    ]);
    expect(answers).toEqual([
      { data: { user: expect.objectContaining({ displayName: '', email: null }) } },
      {
        errors: [expect.objectContaining({ extensions: { code: 'UNAUTHENTICATED' } })],
      },
    ]);
  });

  test('answers a single request as ever, and no question with no answer', async () => {
    const answer = createAuthFunction(app.service.subgraph);
    expect(await answer({ query: '{ me { id } }', client: CLIENT, requestId })).toEqual({
      data: { me: null },
    });
    expect(await answer([])).toEqual([]);
  });
});
