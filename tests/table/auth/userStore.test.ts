import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import type { User } from '#domain/auth/user.ts';
import { createUserStore } from '#table/auth/userStore.ts';
import type { DynamoDb } from '#table/dynamoDb.ts';
import { AUTH_TABLE } from '#table/tables.ts';
import { useTable } from '#tests/support/engine.ts';

const table = useTable(AUTH_TABLE);
const store = () => createUserStore(table);

let made = 0;
function createUser(change: Partial<User> = {}): User {
  made += 1;
  return {
    id: `01ARZ3NDEKTSV4RRFFQ69G${String(made).padStart(4, '0')}`,
    email: `User${made}@example.com`,
    displayName: '박미나',
    createdAt: '2026-01-31T09:30:00.000Z',
    passwordHash: '$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA',
    sessionGeneration: 1,
    ...change,
  };
}

async function givenUser(): Promise<User> {
  const user = createUser();
  await store().create(user);
  return user;
}

/** A client that answers some commands itself: a result, an error, or undefined to ask the engine. */
function intercept(answer: (name: string, count: number) => unknown): DynamoDb {
  let count = 0;
  const send = async (command: { constructor: { name: string } }) => {
    count += 1;
    const answered = answer(command.constructor.name, count);
    if (answered instanceof Error) throw answered;
    return answered ?? table.dynamoDb.send(command as never);
  };
  return { send } as unknown as DynamoDb;
}

const conflict = () =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
  });

describe('the users', () => {
  test('are found as they were made, by id and by e-mail address', async () => {
    const user = await givenUser();
    expect(await store().find(user.id)).toEqual(user);
    expect(await store().findIdByEmail(user.email.toLowerCase())).toBe(user.id);
    expect(await store().find('nobody')).toBeNull();
    expect(await store().findIdByEmail('nobody@example.com')).toBeNull();
  });

  test('are not made when their address or their id is taken, nor half', async () => {
    const user = await givenUser();
    const twin = createUser({ email: user.email.toUpperCase() });
    expect(await store().create(twin)).toBe(false);
    expect(await store().find(twin.id)).toBeNull();
    expect(await store().create(createUser({ id: user.id }))).toBe(false);
    expect(await store().find(user.id)).toEqual(user);
  });

  test('are made although another transaction is in the way at first', async () => {
    const dynamoDb = intercept((_, count) => (count <= 2 ? conflict() : undefined));
    const user = createUser();
    expect(await createUserStore({ ...table, dynamoDb }).create(user)).toBe(true);
    expect(await store().find(user.id)).toEqual(user);
  });

  test('are not made when another transaction stays in the way', async () => {
    const dynamoDb = intercept(conflict);
    const attempt = createUserStore({ ...table, dynamoDb }).create(createUser());
    await expect(attempt).rejects.toThrow('cancelled');
  });

  test('show others neither their password hash nor their generation', async () => {
    const { passwordHash, sessionGeneration, ...profile } = await givenUser();
    const profiles = await store().findProfiles([profile.id, 'nobody']);
    expect([...profiles]).toEqual([[profile.id, profile]]);
  });

  test('are all read although DynamoDB leaves some for another try', async () => {
    const users = [await givenUser(), await givenUser()];
    const Keys = users.map(({ id }) => ({ PK: { S: `USER#${id}` }, SK: { S: 'USER' } }));
    const dynamoDb = intercept((_, count) =>
      count === 1 ? { Responses: {}, UnprocessedKeys: { [table.tableName]: { Keys } } } : undefined,
    );
    const profiles = await createUserStore({ ...table, dynamoDb }).findProfiles(
      users.map(({ id }) => id),
    );
    expect(profiles.size).toBe(2);
  });

  test('keep a new password when the answer to it was lost and it is sent again', async () => {
    const user = await givenUser();
    const hash = '$argon2id$v=19$m=8,t=1,p=1$c2FsdA$bmV3';
    expect(await store().changePassword(user, hash)).toBe(true);
    expect(await store().changePassword(user, hash)).toBe(true);
    const changed = { ...user, passwordHash: hash, sessionGeneration: 2 };
    expect(await store().find(user.id)).toEqual(changed);
    expect(await store().changePassword(user, `${hash}er`)).toBe(false);
  });

  test('keep a changed password when an old one is hashed anew', async () => {
    const user = await givenUser();
    const hash = '$argon2id$v=19$m=8,t=1,p=1$c2FsdA$bmV3';
    await store().changePassword(user, hash);
    await store().rehash(user, '$argon2id$v=19$m=16,t=1,p=1$c2FsdA$b2xk');
    expect((await store().find(user.id))?.passwordHash).toBe(hash);
  });

  test('are not made by renaming or ending the sessions of nobody', async () => {
    expect(await store().rename('nobody', 'Ghost')).toBeNull();
    await expect(store().raiseSessionGeneration('nobody')).rejects.toThrow();
    expect(await store().find('nobody')).toBeNull();
  });
});
