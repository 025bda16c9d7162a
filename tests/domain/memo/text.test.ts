import { describe, expect, test } from '@jest/globals';
import { textProblem } from '#domain/memo/text.ts';

const name = { what: 'the name', min: 1, max: 5, multiline: false };
const body = { what: 'the body', min: 0, max: 5, multiline: true };

describe('textProblem', () => {
  test.each([
    ['letters', 'plans'],
    ['Korean', '메모장'],
    ['an emoji of two units', '🌱🌱'],
    ['a combining mark', 'e\u0301'],
    ['white space around', ' a '],
    ['a zero-width joiner', '\u200d1'],
    ['an emoji between invisible characters', '\u200b🌱\u200b'],
  ])('finds nothing wrong with %s', (_, text) => {
    expect(textProblem(text, name)).toBeNull();
    expect(textProblem(text, body)).toBeNull();
  });

  test.each([
    ['', 'Expected the name to have 1 to 5 characters, got 0.'],
    ['123456', 'Expected the name to have 1 to 5 characters, got 6.'],
    ['🌱🌱🌱', 'Expected the name to have 1 to 5 characters, got 6.'],
    [' \t ', 'Expected the name to hold more than white space.'],
    ['\u3000', 'Expected the name to hold more than white space.'],
    ['\u200b\u2060', 'Expected the name to hold more than white space.'],
    ['\u{e0020}\u3164', 'Expected the name to hold more than white space.'],
    ['a\nb', 'Expected the name to be on one line, got a line break.'],
    ['a\rb', 'Expected the name to be on one line, got a line break.'],
    ['a\u2028b', 'Expected the name to be on one line, got a line break.'],
    ['a\u0085b', 'Expected the name to be on one line, got a line break.'],
    ['a\tb', 'Expected the name to be free of control characters, got one.'],
    ['a\u0000', 'Expected the name to be free of control characters, got one.'],
    ['a\u007f', 'Expected the name to be free of control characters, got one.'],
    ['a\u009f', 'Expected the name to be free of control characters, got one.'],
    ['a\ud83c', 'Expected the name to be well-formed Unicode, got half of a surrogate pair.'],
    ['\udf31a', 'Expected the name to be well-formed Unicode, got half of a surrogate pair.'],
    ['\udf31\ud83c', 'Expected the name to be well-formed Unicode, got half of a surrogate pair.'],
  ])('says of the one-line text %j: %s', (text, problem) => {
    expect(textProblem(text, name)).toBe(problem);
  });

  test.each(['', '\n', 'a\r\nb', '\ta', ' '])('lets a text of many lines be %j', (text) => {
    expect(textProblem(text, body)).toBeNull();
  });

  test.each(['a\u0000', '\u001b[0m', '\u0085', '\ud83c\ud83c'])(
    'refuses %j in a text of many lines',
    (text) => {
      expect(textProblem(text, body)).toMatch(/control characters|surrogate pair/);
    },
  );

  test('never repeats the text', () => {
    expect(textProblem('secret', name)).not.toContain('secret');
    expect(textProblem('my\u0000', name)).not.toContain('my');
  });
});
