import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PadRole } from '#domain/memo/role.ts';
import { createPadStore } from '#table/memo/padStore.ts';
import {
  ACCEPT_INVITE,
  CREATE_INVITE,
  DELETE_PAD,
  givenInvite,
  givenMember,
  givenPad,
  LEAVE_PAD,
  READ_PAD,
  REMOVE_MEMBER,
  RENAME_PAD,
  REVOKE_INVITE,
  readPad,
  SET_ROLE,
} from '#tests/subgraphs/memo/operations.ts';
import type { Person } from '#tests/subgraphs/memo/service.ts';
import { useAppSyncApi } from '#tests/support/appsyncApi.ts';
import { padDoor } from './padDoor.ts';
import { throughGateway } from './throughGateway.ts';

const app = useAppSyncApi();
const { person } = padDoor(app);
const ROLES: readonly PadRole[] = ['OWNER', 'EDITOR', 'VIEWER'];
const OVERTAKEN =
  'CONFLICT: Others were changing the same pad at the same time, nothing was done. Send the request again.';
const NO_INVITE =
  'NOT_FOUND: Expected the secret of an invite that is neither expired nor revoked.';

afterEach(() => {
  app.intervene = null;
});

/** Does something before each of the first `times` writes. */
function beforeWrites(times: number, action: (time: number) => Promise<unknown>): void {
  let count = 0;
  app.intervene = async (operation) => {
    const isWrite = operation === 'TransactWriteItems' || operation === 'UpdateItem';
    if (!isWrite || count >= times) return;
    count += 1;
    // What the action itself writes goes through the other door.
    await action(count);
  };
}

/** A pad of mina's with joon, an OWNER too, and sora. */
async function givenThree() {
  const [mina, joon, sora] = [person(), person(), person()];
  const { id } = await givenPad(mina);
  await givenMember(mina, id, joon, 'OWNER');
  await givenMember(mina, id, sora, 'VIEWER');
  return { id, mina, joon, sora };
}

describe('a change of a pad that somebody else’s overtakes', () => {
  test('decides anew and then holds', async () => {
    const { id, mina, joon, sora } = await givenThree();
    const target = { padId: id, userId: sora.id };
    beforeWrites(1, () => throughGateway(app, joon).ask(SET_ROLE, { ...target, role: 'EDITOR' }));
    await mina.ask(SET_ROLE, { ...target, role: 'OWNER' });
    expect((await readPad(sora, id)).role).toBe('OWNER');
  });

  test('is refused when the viewer may no longer make it', async () => {
    const { id, mina, joon, sora } = await givenThree();
    beforeWrites(1, async () => {
      const other = throughGateway(app, joon);
      await other.ask(SET_ROLE, { padId: id, userId: sora.id, role: 'EDITOR' });
      await other.ask(SET_ROLE, { padId: id, userId: mina.id, role: 'EDITOR' });
    });
    const refusal = await mina.refused(SET_ROLE, { padId: id, userId: sora.id, role: 'OWNER' });
    expect(refusal).toMatch(/^FORBIDDEN: .* OWNER/);
    expect((await readPad(sora, id)).role).toBe('EDITOR');
  });

  test('leaves with the role that the viewer has by then', async () => {
    const { id, mina, joon, sora } = await givenThree();
    beforeWrites(1, () =>
      throughGateway(app, joon).ask(SET_ROLE, { padId: id, userId: mina.id, role: 'EDITOR' }),
    );
    expect(await mina.ask(LEAVE_PAD, { padId: id })).toEqual({ leavePad: true });
    expect((await readPad(sora, id)).members.map(({ user }) => user.id)).toEqual([
      joon.id,
      sora.id,
    ]);
  });

  test('finds nobody to remove who has left meanwhile', async () => {
    const { id, mina, joon } = await givenThree();
    beforeWrites(1, () => throughGateway(app, joon).ask(LEAVE_PAD, { padId: id }));
    expect(await mina.refused(REMOVE_MEMBER, { padId: id, userId: joon.id })).toBe(
      'NOT_FOUND: Expected the user id of a member of this pad.',
    );
  });

  test('is CONFLICT when both rounds are overtaken', async () => {
    const { id, mina, joon, sora } = await givenThree();
    const target = { padId: id, userId: sora.id };
    const roles: PadRole[] = ['EDITOR', 'VIEWER'];
    beforeWrites(2, (time) =>
      throughGateway(app, joon).ask(SET_ROLE, { ...target, role: roles[time - 1] }),
    );
    expect(await mina.refused(SET_ROLE, { ...target, role: 'OWNER' })).toBe(OVERTAKEN);
    expect((await readPad(sora, id)).role).toBe('VIEWER');
  });

  test('is NOT_FOUND when the pad was deleted', async () => {
    for (const [operation, input] of [
      [RENAME_PAD, { name: 'New' }],
      [DELETE_PAD, {}],
      [LEAVE_PAD, {}],
    ] as const) {
      const { id, mina, joon } = await givenThree();
      beforeWrites(1, () => throughGateway(app, joon).ask(DELETE_PAD, { id }));
      const refusal = await mina.refused(operation, { id, padId: id, ...input });
      expect(refusal).toMatch(/^NOT_FOUND: Expected the id of a pad/);
    }
  });

  test('deletes the members who came meanwhile, too', async () => {
    const { id, mina } = await givenThree();
    const { secret } = await givenInvite(mina, id);
    const guest = person();
    beforeWrites(1, () => throughGateway(app, guest).ask(ACCEPT_INVITE, { secret }));
    expect(await mina.ask(DELETE_PAD, { id })).toEqual({ deletePad: true });
    expect(await guest.refused(READ_PAD, { id })).toMatch(/^NOT_FOUND/);
  });

  test('lets nobody in by an invite that was revoked meanwhile', async () => {
    const { id, mina, joon } = await givenThree();
    const { secret, id: inviteId } = await givenInvite(mina, id);
    beforeWrites(1, () =>
      throughGateway(app, joon).ask(REVOKE_INVITE, { padId: id, id: inviteId }),
    );
    expect(await person().refused(ACCEPT_INVITE, { secret })).toBe(NO_INVITE);
  });

  test('keeps the role that an invite gave meanwhile', async () => {
    const { id, mina } = await givenThree();
    const [first, second] = [await givenInvite(mina, id, 'VIEWER'), await givenInvite(mina, id)];
    const guest = person();
    beforeWrites(1, () => throughGateway(app, guest).ask(ACCEPT_INVITE, { secret: first.secret }));
    const { acceptInvite } = await guest.ask<{ acceptInvite: { role: PadRole } }>(ACCEPT_INVITE, {
      secret: second.secret,
    });
    expect(acceptInvite.role).toBe('VIEWER');
  });
});

describe('DynamoDB’s troubles', () => {
  const failing = (name: string) => async (): Promise<void> => {
    throw Object.assign(new Error('secret inner words'), { name, Code: name });
  };

  test.each(['ThrottlingException', 'ProvisionedThroughputExceededException'])(
    '(%s) are RATE_LIMITED with a time to wait',
    async (name) => {
      const mina = person();
      const { token } = await app.issuer.issue({ userId: mina.id, sessionId: mina.id });
      app.intervene = failing(name);
      const { errors } = await app.holder(token).answer('{ pads { id } }');
      expect(errors).toMatchObject([
        {
          errorType: 'RATE_LIMITED',
          message: 'Too many requests at once. Try again.',
          errorInfo: { retryAfterSeconds: 1 },
        },
      ]);
    },
  );

  test('of any other kind are INTERNAL, in our own words', async () => {
    const mina = person();
    const { id } = await givenPad(mina);
    for (const [operation, input] of [
      ['{ pads { id } }', {}],
      [READ_PAD, { id }],
      [RENAME_PAD, { id, name: 'New' }],
      [CREATE_INVITE, { padId: id, role: 'VIEWER' }],
      [DELETE_PAD, { id }],
    ] as const) {
      app.intervene = failing('ValidationException');
      const refusal = await mina.refused(operation, input);
      expect(refusal).toMatch(/^INTERNAL: Something went wrong on our side\./);
      expect(refusal).not.toContain('secret');
      app.intervene = null;
    }
  });
});

describe('an invite', () => {
  test('made through one door is accepted through the other', async () => {
    const { id, mina } = await givenThree();
    const [guest, other] = [person(), person()];
    const { secret } = await givenInvite(mina, id, 'EDITOR');
    await throughGateway(app, guest).ask(ACCEPT_INVITE, { secret });
    const another = await givenInvite(throughGateway(app, mina), id, 'VIEWER');
    await other.ask(ACCEPT_INVITE, { secret: another.secret });
    expect([(await readPad(guest, id)).role, (await readPad(other, id)).role]).toEqual([
      'EDITOR',
      'VIEWER',
    ]);
  });
});

const PEOPLE = 3;
/** What somebody does to somebody (perhaps themselves), by their places among the people, and through which door. */
const action = fc.record({
  what: fc.constantFrom('accept', 'leave', 'remove', 'setRole'),
  who: fc.nat(PEOPLE - 1),
  whom: fc.nat(PEOPLE - 1),
  role: fc.constantFrom(...ROLES),
  federated: fc.boolean(),
});

test('whatever members do at once through both doors, a pad keeps an OWNER and its counts stay true', async () => {
  const rounds = fc.array(fc.array(action, { minLength: 2, maxLength: 5 }), {
    minLength: 2,
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(rounds, async (all) => {
      const pads = createPadStore(app.memoTable);
      const people = Array.from({ length: PEOPLE }, person);
      const keeper = person();
      const { id: padId } = await givenPad(keeper, 'Race');
      const invites: Scene['invites'][number][] = [];
      for (const role of ROLES) invites.push(await givenInvite(keeper, padId, role));
      for (const joiner of people) await joiner.ask(ACCEPT_INVITE, { secret: invites[0]!.secret });
      await keeper.ask(SET_ROLE, { padId, userId: keeper.id, role: 'VIEWER' });
      for (const actions of all) {
        await Promise.all(actions.map((one) => run(one, { people, padId, invites })));
        const members = await pads.listMembers(padId);
        const owners = members.filter(({ role }) => role === 'OWNER');
        expect(owners.length).toBeGreaterThanOrEqual(1);
        expect(await pads.pad(padId)).toMatchObject({
          memberCount: members.length,
          ownerCount: owners.length,
        });
      }
    }),
    { numRuns: 12 },
  );
});

interface Scene {
  readonly people: readonly Person[];
  readonly padId: string;
  readonly invites: readonly { readonly secret: string }[];
}

/** Refusals are fine, but ours alone. */
async function run(
  one: typeof action extends fc.Arbitrary<infer Action> ? Action : never,
  { people, padId, invites }: Scene,
): Promise<void> {
  const viewer = people[one.who]!;
  const asker = one.federated ? throughGateway(app, viewer) : viewer;
  const { id: userId } = people[one.whom]!;
  const { secret } = invites[ROLES.indexOf(one.role)]!;
  const doing = {
    accept: () => asker.ask(ACCEPT_INVITE, { secret }),
    leave: () => asker.ask(LEAVE_PAD, { padId }),
    remove: () => asker.ask(REMOVE_MEMBER, { padId, userId }),
    setRole: () => asker.ask(SET_ROLE, { padId, userId, role: one.role }),
  };
  await doing[one.what]().catch((error: Error) => {
    expect(error.message).toMatch(/NOT_FOUND|FORBIDDEN|BAD_USER_INPUT|CONFLICT/);
  });
}
