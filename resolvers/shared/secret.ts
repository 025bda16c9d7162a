import { util } from '@aws-appsync/utils';

/** 32 bytes of two random UUIDs, of which 244 bits are random. */
export function randomBytes(): number[] {
  const digits = `${util.autoId()}${util.autoId()}`.toLowerCase().split('-').join('').split('');
  const values = digits.map((digit) => HEX.indexOf(digit));
  return values
    .filter((_, index) => index % 2 === 0)
    .map((high, index) => high * 16 + (values[index * 2 + 1] ?? 0));
}

const HEX = '0123456789abcdef';
