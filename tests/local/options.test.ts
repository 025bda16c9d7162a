import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { HELP, readOptions, UsageError } from '#local/options.ts';

test('without flags: the usual folder, the last ports, whatever a new folder needs', () => {
  expect(readOptions([])).toEqual({
    dataDir: resolve('.memopad'),
    port: undefined,
    memory: false,
    reset: false,
    seed: undefined,
    verbose: false,
    faults: undefined,
    awsTiming: false,
    oneProcess: false,
    subgraphs: 'in-process',
  });
});

test('every flag', () => {
  const args =
    '--port 0 --data-dir /tmp/pad --reset --seed --verbose --one-process --subgraphs http';
  expect(readOptions(args.split(' '))).toEqual({
    dataDir: '/tmp/pad',
    port: 0,
    memory: false,
    reset: true,
    seed: true,
    verbose: true,
    faults: undefined,
    awsTiming: false,
    oneProcess: true,
    subgraphs: 'http',
  });
  expect(readOptions(['--memory', '--no-seed', '--port=4100'])).toMatchObject({
    memory: true,
    seed: false,
    port: 4100,
  });
  expect(readOptions(['--faults', '7', '--aws-timing'])).toMatchObject({
    faults: 7,
    awsTiming: true,
  });
});

test('--help wins over everything else that is right, and names every flag', () => {
  expect(readOptions(['--port', '1', '--help'])).toBe('help');
  expect(readOptions(['-h'])).toBe('help');
  const flags = '--port --data-dir --memory --reset --seed --no-seed --verbose --one-process';
  for (const flag of [...flags.split(' '), '--subgraphs', '--faults', '--aws-timing'])
    expect(HELP).toContain(flag);
});

describe('mistakes are refused in words', () => {
  test.each([
    [['--prot', '1'], 'Expected one of the flags below, got --prot.'],
    [['-p', '1'], 'Expected one of the flags below, got -p.'],
    [['--constructor'], 'Expected one of the flags below, got --constructor.'],
    [['4000'], 'Expected only flags, got "4000".'],
    [['--port'], 'Expected a value after --port.'],
    [['--port', '--memory'], 'Expected a value after --port.'],
    [['--port='], 'Expected a value after --port.'],
    [['--port', 'abc'], 'Expected --port to be a number from 0 to 65535, got "abc".'],
    [['--port', '65536'], 'Expected --port to be a number from 0 to 65535, got "65536".'],
    [['--port', '0x10'], 'Expected --port to be a number from 0 to 65535, got "0x10".'],
    [['--port=-1'], 'Expected --port to be a number from 0 to 65535, got "-1".'],
    [['--faults'], 'Expected a value after --faults.'],
    [['--faults', 'all'], 'Expected --faults to be a seed, a number of up to 9 digits, got "all".'],
    [['--faults', '1', '--one-process'], 'Expected --faults or --one-process, got both.'],
    [['--aws-timing', '--one-process'], 'Expected --aws-timing or --one-process, got both.'],
    [['--memory=yes'], 'Expected --memory without a value, got "yes".'],
    [
      ['--memory', '--reset'],
      'Expected --memory or --reset, got both: nothing is kept with --memory.',
    ],
    [['--seed', '--no-seed'], 'Expected --seed or --no-seed, got both.'],
    [['--subgraphs', 'grpc'], 'Expected --subgraphs to be in-process or http, got "grpc".'],
    [['--subgraphs', 'http'], 'Expected --subgraphs together with --one-process only.'],
  ])('%j', (args, message) => {
    expect(() => readOptions(args)).toThrow(new UsageError(message));
  });

  test.each(['memory', 'data_dir', 'one_process'])('--%s that npm took for its own', (name) => {
    const flag = name.replace('_', '-');
    expect(() => readOptions([], { [`npm_config_${name}`]: 'true' })).toThrow(
      new UsageError(`Expected two dashes before our flags: npm start -- --${flag} …`),
    );
  });

  test("but not npm's own flags", () => {
    expect(readOptions([], { npm_config_verbose: 'true', npm_config_cache: '/tmp' })).toBeDefined();
  });
});
