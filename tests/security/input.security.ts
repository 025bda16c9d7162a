import { describe, expect, test } from '@jest/globals';
import type { Answer } from '#tests/contract/door.ts';
import type { PadRole } from '#tests/contract/pads.ts';
import { type Person, signUp } from '#tests/contract/people.ts';
import type { Stage } from '#tests/contract/stage.ts';
import { type InputPlace, listInputs, readAt, replaceAt } from './apiInputs.ts';
import { FIELDS } from './fields.ts';
import { givenScene, type Scene } from './scene.ts';

/** Something that no message may quote. */
const PRIVATE = 'a memo’s private text';
/** Values of the right type that no client of good will sends. */
const MALFORMED: Readonly<Record<string, readonly unknown[]>> = {
  ID: ['', ' ', '.', '..', '#', 'PAD#x', '../../x', '\u0000', '\ud800', '💥', "' OR 1=1", 0],
  String: ['', '\u0000', 'half \udfff', "'; DROP TABLE memos", '{{7*7}}', '\u202e'],
  Int: [-1, 0, 2_147_483_647, -2_147_483_648],
  Boolean: [],
  AWSDateTime: ['', 'tomorrow', '2020-13-01T00:00:00Z', '+275760-09-13T00:00:00.001Z'],
  AWSEmail: ['', '@', 'a@b', 'a@b\u0000.com', '<a@example.com>', 'a@example.com, b@example.com'],
};
/** Values of a wrong type. */
const MISTYPED: Readonly<Record<string, readonly unknown[]>> = {
  ID: [{ $gt: '' }, ['x', 'y'], true, 1.5],
  String: [{ $gt: PRIVATE }, [{ text: PRIVATE }], 7, true],
  Int: ['1', 1.5, 2_147_483_648, true, {}],
  Boolean: ['true', 1, {}],
  AWSDateTime: [0, true, { text: PRIVATE }, PRIVATE],
  AWSEmail: [0, true, { text: PRIVATE }, PRIVATE],
};
const TOO_LONG = 'x'.repeat(150_000);
const HONEST_REFUSALS = [
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'UNAUTHENTICATED',
  'RATE_LIMITED',
];
const SCALARS_OF_TEXT = ['ID', 'String', 'AWSDateTime', 'AWSEmail'];

const CASES = Object.keys(FIELDS).filter((field) => listInputs(field).length > 0);

/** Arguments: whatever is put into one, the answer is a result or an honest refusal, never a failure of ours. */
export function inputSecurity(stage: Stage): void {
  describe('malformed arguments are answered honestly', () => {
    test.each(CASES)('by %s', async (field) => {
      await eachWrongCall(field, listMalformed, (answer, { type }, wrong) => {
        const code = answer.errors[0]?.extensions.code;
        if (code !== undefined) expect(HONEST_REFUSALS).toContain(code);
        const isForeign = type === 'ID' && wrong !== null;
        if (isForeign) expect(['BAD_USER_INPUT', 'NOT_FOUND']).toContain(code);
      });
    });
  });

  describe('arguments of a wrong type are BAD_USER_INPUT', () => {
    test.each(CASES)('by %s', async (field) => {
      await eachWrongCall(field, listMistyped, ({ errors }) => {
        expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
        expect(errors[0]?.message).not.toContain(PRIVATE);
      });
    });
  });

  describe('oversized arguments are refused', () => {
    test.each(CASES)('by %s', async (field) => {
      await eachWrongCall(field, listOversized, ({ errors, text }) => {
        expect(HONEST_REFUSALS).toContain(errors[0]?.extensions.code);
        expect(text.length).toBeLessThan(2_000);
      });
    });
  });

  type Check = (answer: Answer, place: InputPlace, wrong: unknown) => void;

  /** Makes the call that would succeed with one wrong value after the other in one place after the other. */
  async function eachWrongCall(
    field: string,
    listWrong: (place: InputPlace) => readonly unknown[],
    check: Check,
  ): Promise<void> {
    const { needs, document, given } = FIELDS[field]!;
    const scene = await givenScene(stage);
    const caller = await chooseCaller(needs, scene);
    const right = await given(scene, caller, stage);
    for (const place of listInputs(field)) {
      for (const wrong of listWrong(place)) {
        const variables = replaceAt(right, place.path, wrong);
        const answer = await caller.attempt(document, variables);
        explain(field, place, wrong, () => {
          expect(answer.status).toBeLessThan(500);
          check(answer, place, wrong);
        });
      }
      expect(readAt(right, place.path) === undefined && !place.isNullable).toBe(false);
    }
  }

  async function chooseCaller(needs: string, scene: Scene): Promise<Person> {
    const member = scene.people[needs as PadRole];
    return member ?? signUp(stage.door);
  }
}

function listMalformed({ type, isList, isNullable }: InputPlace): readonly unknown[] {
  const values = MALFORMED[type] ?? [];
  return [...(isList ? values.map((value) => [value]) : values), ...(isNullable ? [null] : [])];
}

function listMistyped({ type, isList, isNullable }: InputPlace): readonly unknown[] {
  const values = MISTYPED[type] ?? [PRIVATE, 7, true];
  return [...(isList ? values.map((value) => [value]) : values), ...(isNullable ? [] : [null])];
}

function listOversized({ type, isList }: InputPlace): readonly unknown[] {
  if (!SCALARS_OF_TEXT.includes(type)) return [];
  if (!isList) return [TOO_LONG];
  return [Array.from({ length: 10_000 }, (_, index) => `tag ${index}`)];
}

/** Says which value did it when an expectation about it fails. */
function explain(field: string, { path }: InputPlace, wrong: unknown, check: () => void): void {
  try {
    check();
  } catch (error) {
    const value = JSON.stringify(wrong)?.slice(0, 80);
    throw new Error(`${field}, ${path.join('.')} = ${value}: ${String(error)}`, { cause: error });
  }
}
