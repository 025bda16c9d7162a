import { describe, expect, test } from '@jest/globals';
import { readOptions } from '#tests/bench/options.ts';

const KNOWN = ['gateway', 'import'];

describe('the flags of the bench', () => {
  test('run everything, three rounds of ten seconds, when none is given', () => {
    expect(readOptions([], KNOWN)).toEqual({
      names: KNOWN,
      rounds: 3,
      seconds: 10,
      quick: false,
      check: false,
    });
  });

  test('make it quick, but let a number that was given win', () => {
    const options = readOptions(['import', '--quick', '--rounds', '2'], KNOWN);
    expect(options).toEqual({
      names: ['import'],
      rounds: 2,
      seconds: 1,
      quick: true,
      check: false,
    });
  });

  test.each([
    [['endless'], 'Expected names out of gateway, import; got endless.'],
    [['--seconds', '0'], 'Expected a whole number from 1 to 60 for --seconds, got "0".'],
    [['--rounds', 'many'], 'Expected a whole number from 1 to 60 for --rounds, got "many".'],
  ])('refuse %j', (args, message) => {
    expect(() => readOptions(args, KNOWN)).toThrow(message);
  });
});
