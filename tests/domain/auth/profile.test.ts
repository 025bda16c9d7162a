import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { readOwnProfile, readProfiles } from '#domain/auth/readProfile.ts';
import { updateProfile } from '#domain/auth/updateProfile.ts';
import { createUlid } from '#domain/viewer/ulid.ts';
import { expectError } from './expectError.ts';
import { givenPerson, useAuth } from './useAuth.ts';

const app = useAuth();
const nobody = () => {
  const id = createUlid(app.nowMs, randomBytes);
  return { userId: id, sessionId: id };
};

describe("the viewer's own profile", () => {
  test('holds their e-mail address and nothing secret', async () => {
    const { user, email, viewer } = await givenPerson(app);
    expect(await readOwnProfile(app.auth, viewer)).toEqual({ ...user, email });
  });

  test('is null for nobody and for a user who is gone', async () => {
    expect(await readOwnProfile(app.auth, null)).toBeNull();
    expect(await readOwnProfile(app.auth, nobody())).toBeNull();
  });

  test('shows a new name at once, everywhere', async () => {
    const { user, viewer } = await givenPerson(app);
    const displayName = '이준 👩‍👩‍👧';
    expect(await updateProfile(app.auth, viewer, displayName)).toEqual({ ...user, displayName });
    expect(await readOwnProfile(app.auth, viewer)).toEqual({ ...user, displayName });
    expect(await readProfiles(app.auth, null, [user.id])).toMatchObject([{ displayName }]);
  });

  test('is not changed to a bad name, nor by nobody', async () => {
    const { user, viewer } = await givenPerson(app);
    await expectError(updateProfile(app.auth, viewer, 'two\nlines'), 'BAD_USER_INPUT', /one line/);
    await expectError(updateProfile(app.auth, null, 'Nobody'), 'UNAUTHENTICATED');
    expect(await readOwnProfile(app.auth, viewer)).toEqual(user);
  });

  test('can not be made by naming somebody who is gone', async () => {
    const viewer = nobody();
    await expectError(updateProfile(app.auth, viewer, 'Ghost'), 'UNAUTHENTICATED', /ended/);
    expect(await readOwnProfile(app.auth, viewer)).toBeNull();
  });
});

describe('the profiles of many users', () => {
  test('come in order, with the e-mail address of the viewer alone', async () => {
    const [mina, jun] = [await givenPerson(app), await givenPerson(app)];
    const ids = [jun.user.id, mina.user.id];
    const hidden = { ...jun.user, email: null };
    expect(await readProfiles(app.auth, mina.viewer, ids)).toEqual([hidden, mina.user]);
    expect(await readProfiles(app.auth, null, ids)).toEqual([
      hidden,
      { ...mina.user, email: null },
    ]);
  });

  test('have an empty name for a user who is gone, and the time of their id', async () => {
    const { userId } = nobody();
    const createdAt = new Date(app.nowMs).toISOString();
    expect(await readProfiles(app.auth, null, [userId])).toEqual([
      { id: userId, displayName: '', email: null, createdAt },
    ]);
  });

  test.each(['', 'junk', 'x'.repeat(5_000), '8'.repeat(26)])(
    'have an empty name for an id that is none: %#',
    async (id) => {
      expect(await readProfiles(app.auth, null, [id])).toEqual([
        { id, displayName: '', email: null, createdAt: '1970-01-01T00:00:00.000Z' },
      ]);
    },
  );
});
