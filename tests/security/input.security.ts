import { describe, expect, test } from '@jest/globals';
import type { Answer } from '#tests/contract/door.ts';
import type { Stage } from '#tests/contract/stage.ts';
import { type InputPlace, listInputs, replaceAt } from './apiInputs.ts';
import { chooseCaller, FIELDS } from './fields.ts';
import { givenScene } from './scene.ts';

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
const MANY = Array.from({ length: 10_000 }, (_, index) => `tag ${index}`);
const HONEST_REFUSALS = [
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'UNAUTHENTICATED',
  'RATE_LIMITED',
];
const TEXTS = ['ID', 'String', 'AWSDateTime', 'AWSEmail'];

const CASES = Object.keys(FIELDS).filter((field) => listInputs(field).length > 0);

/** Arguments: whatever is put into one, the answer is a result or an honest refusal, never a failure of ours. */
export function inputSecurity(stage: Stage): void {
  describe('wrong arguments are answered honestly', () => {
    test.each(CASES)('by %s', async (field) => {
      const fieldCase = FIELDS[field]!;
      const scene = await givenScene(stage);
      const caller = await chooseCaller(fieldCase, scene, stage);
      const right = await fieldCase.given(scene, caller, stage);
      for (const place of listInputs(field)) {
        for (const wrong of listWrong(place)) {
          const variables = replaceAt(right, place.path, wrong.value);
          const answer = await caller.attempt(fieldCase.document, variables);
          explain(place, wrong, () => checkAnswer(answer, place, wrong));
        }
      }
    });
  });
}

interface Wrong {
  readonly kind: 'MISTYPED' | 'OVERSIZED' | 'MALFORMED';
  readonly value: unknown;
}

/** What can't pass as its type comes first: what passes may change something. */
function listWrong({ type, isList, isNullable }: InputPlace): Wrong[] {
  const mistyped = MISTYPED[type] ?? [PRIVATE, 7, true];
  const malformed = MALFORMED[type] ?? [];
  const wrong = (kind: Wrong['kind'], values: readonly unknown[]): Wrong[] =>
    values.map((value) => ({ kind, value }));
  const each = (values: readonly unknown[]) => (isList ? values.map((value) => [value]) : values);
  return [
    ...wrong('MISTYPED', [...each(mistyped), ...(isNullable ? [] : [null])]),
    ...wrong('OVERSIZED', TEXTS.includes(type) ? [isList ? MANY : TOO_LONG] : []),
    ...wrong('MALFORMED', [...each(malformed), ...(isNullable ? [null] : [])]),
  ];
}

function checkAnswer(
  { status, errors, text, inOurWords }: Answer,
  { type }: InputPlace,
  { kind, value }: Wrong,
): void {
  const code = errors[0]?.extensions.code ?? 'SERVED';
  const isNoId = type === 'ID' && value !== null;
  expect(status).toBeLessThan(500);
  // AppSync's validator may quote what it was given to whoever gave it.
  if (inOurWords || errors[0]?.path) {
    expect(text).not.toContain(PRIVATE);
    expect(text.length).toBeLessThan(2_000);
  }
  if (kind === 'MISTYPED') expect(code).toBe('BAD_USER_INPUT');
  else if (isNoId) expect(['BAD_USER_INPUT', 'NOT_FOUND']).toContain(code);
  else if (kind === 'OVERSIZED') expect(HONEST_REFUSALS).toContain(code);
  else expect(['SERVED', ...HONEST_REFUSALS]).toContain(code);
}

/** Says which value did it when an expectation about it fails. */
function explain({ path }: InputPlace, { kind, value }: Wrong, check: () => void): void {
  try {
    check();
  } catch (error) {
    const told = `${path.join('.')} = ${JSON.stringify(value)?.slice(0, 80)} (${kind})`;
    throw new Error(`${told}: ${String(error)}`, { cause: error });
  }
}
