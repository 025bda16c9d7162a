import { describe, expect, test } from '@jest/globals';
import type { ErrorCode } from '#domain/errors.ts';
import type { PadRole } from '#tests/contract/pads.ts';
import type { Person, Visitor } from '#tests/contract/people.ts';
import { expectRefusal } from '#tests/contract/refusal.ts';
import type { Stage } from '#tests/contract/stage.ts';
import {
  API_FIELDS,
  type InputPlace,
  listInputs,
  readAt,
  replaceAt,
  USER_FIELDS,
} from './apiInputs.ts';
import { chooseCaller, FIELDS, isRole, type Need } from './fields.ts';
import { givenAttackersScene, givenScene, type Scene, takeStock } from './scene.ts';

const ROLES: readonly PadRole[] = ['VIEWER', 'EDITOR', 'OWNER'];
const CASES = Object.entries(FIELDS);
const isId = ({ type }: InputPlace) => type === 'ID';
const hasIds = ([field]: (typeof CASES)[number]) => listInputs(field).some(isId);

/** Who may use which field: each one is called by everybody who may not, and then by one who may. */
export function accessSecurity(stage: Stage): void {
  test('every field of the API is in the table, with a decision who may use it', () => {
    expect(CASES.map(([field]) => field).sort()).toEqual([...API_FIELDS].sort());
  });

  test.each(CASES)('%s serves those it is for and nobody else', async (field, fieldCase) => {
    const { needs, document, given } = fieldCase;
    const scene = await givenScene(stage);
    const caller = await chooseCaller(fieldCase, scene, stage);
    const variables = await given(scene, caller, stage);
    const before = await takeStock(scene);
    for (const [visitor, code] of await listRefused(needs, scene)) {
      const gist = code === 'FORBIDDEN' ? new RegExp(`${needs}.*role is`) : /./;
      await expectRefusal(visitor.attempt(document, variables), code, gist);
    }
    expect(await takeStock(scene)).toEqual(before);
    const isForGuests = needs === 'NOTHING' && !(field === 'Query.me' && stage.differs('nobody'));
    const served = await (isForGuests ? stage.guest : caller).attempt(document, variables);
    expect(served.errors).toEqual([]);
  });

  /** Everybody who may not, with the code that tells them. */
  async function listRefused(needs: Need, { people }: Scene): Promise<[Visitor, ErrorCode][]> {
    const attacker = await stage.person('Attacker');
    const lower = isRole(needs) ? ROLES.slice(0, ROLES.indexOf(needs)) : [];
    return [
      ...(needs === 'NOTHING' ? [] : [[stage.guest, 'UNAUTHENTICATED']]),
      ...(needs === 'SELF' || isRole(needs) ? [[attacker, 'NOT_FOUND']] : []),
      ...lower.map((role) => [people[role], 'FORBIDDEN']),
    ] as [Visitor, ErrorCode][];
  }

  describe('with one id of somebody else among one’s own', () => {
    test.each(CASES.filter(hasIds))('%s finds nothing', async (field, fieldCase) => {
      const [scene, own] = [await givenScene(stage), await givenAttackersScene(stage)];
      const attacker = await stage.person('Attacker');
      const { needs, document, given } = fieldCase;
      const victim: Person = needs === 'SELF' ? await stage.person('Caller') : scene.people.OWNER;
      const foreign = await given(scene, victim, stage);
      const before = await takeStock(scene);
      for (const { path } of listInputs(field).filter(isId)) {
        for (const wrong of disguise(String(readAt(foreign, path)), own, attacker)) {
          const variables = replaceAt(await given(own, attacker, stage), path, wrong);
          await expectRefusal(attacker.attempt(document, variables), 'NOT_FOUND');
        }
      }
      expect(await takeStock(scene)).toEqual(before);
    });
  });

  test('the table of places where a user shows knows every one of the API', () => {
    // Each of them is asked for the e-mail address of others in federation.contract.ts.
    expect([...USER_FIELDS].sort()).toEqual(
      [
        ['AuthPayload.user', 'Mutation.updateProfile', 'Query.me'],
        ['Memo.author', 'Memo.lastEditor', 'PadMember.user'],
      ]
        .flat()
        .sort(),
    );
  });
}

/** Another's id as it is and, for it names its pad, another's memo under a pad of one's own. */
function disguise(id: string, own: Scene, attacker: Person): string[] {
  expect(id).not.toBe('undefined');
  const [padId, ulid] = id.split('.');
  return padId && ulid ? [id, `${own.padId}.${ulid}`, `${attacker.id}.${ulid}`] : [id];
}
