import { describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { createDocumentReader } from '#subgraphs/documents.ts';

const schema = buildSchema('type Query { echo(text: String): String }');
const documentOf = (length: number, filler = 'x') => {
  const around = '{ echo(text: "") }'.length;
  return `{ echo(text: "${filler.repeat(length - around)}") }`;
};

describe('a document', () => {
  test('of up to 20,000 characters is remembered', () => {
    const read = createDocumentReader(schema);
    expect(read(documentOf(20_000))).toBe(read(documentOf(20_000)));
  });

  test('that is longer is read anew each time', () => {
    const read = createDocumentReader(schema);
    expect(read(documentOf(20_001))).not.toBe(read(documentOf(20_001)));
  });

  test('is forgotten when a million characters of others came after it', () => {
    const read = createDocumentReader(schema);
    const first = read(documentOf(20_000));
    for (let index = 0; index < 50; index++) {
      read(documentOf(20_000, String.fromCharCode('A'.charCodeAt(0) + index).replace('\\', 'é')));
    }
    expect(read(documentOf(20_000))).not.toBe(first);
  });

  test('is forgotten when five thousand others came after it, however short', () => {
    const read = createDocumentReader(schema);
    const first = read('{ echo }');
    for (let index = 0; index < 5_000; index++) read(`{ a${index}: echo }`);
    expect(read('{ echo }')).not.toBe(first);
  });

  test('that does not fit the schema is refused each time', () => {
    const read = createDocumentReader(schema);
    expect(() => read('{ shout }')).toThrow(/Cannot query field "shout"/);
    expect(() => read('{ shout }')).toThrow(/Cannot query field "shout"/);
  });
});
