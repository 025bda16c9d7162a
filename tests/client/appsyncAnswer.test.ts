import { expect, test } from '@jest/globals';
import { readAppSyncAnswer } from '#client/appsyncAnswer.ts';
import { HTTP_STATUS } from '#domain/errors.ts';

const PLACE = { path: ['memo'], locations: [{ line: 1, column: 3, sourceName: null }] };
const codesOf = (status: number, errors: readonly object[]) =>
  readAppSyncAnswer(status, { data: null, errors }).errors.map(({ extensions }) => extensions.code);

test.each(Object.keys(HTTP_STATUS))('keeps our own code %s', (errorType) => {
  const error = { ...PLACE, data: null, errorType, errorInfo: null, message: 'Why.' };
  expect(readAppSyncAnswer(200, { data: { memo: null }, errors: [error] })).toEqual({
    data: { memo: null },
    errors: [{ message: 'Why.', path: ['memo'], extensions: { code: errorType } }],
  });
});

test('tells what an error told beside its message', () => {
  const errorInfo = { current: { id: 'x', version: 2 } };
  const error = { ...PLACE, errorType: 'CONFLICT', errorInfo, message: 'Expected version 1.' };
  const [read] = readAppSyncAnswer(200, { data: null, errors: [error] }).errors;
  expect(read?.extensions).toEqual({ code: 'CONFLICT', ...errorInfo });
});

test.each([
  [
    'a token that isn’t good',
    401,
    { errorType: 'UnauthorizedException', message: 'Token has expired.' },
    'UNAUTHENTICATED',
  ],
  [
    'a field the caller may not ask',
    200,
    { ...PLACE, errorType: 'Unauthorized', message: 'Not Authorized to access memo on type Query' },
    'UNAUTHENTICATED',
  ],
  [
    'an empty body',
    400,
    { errorType: 'MalformedHttpRequestException', message: 'Request body is empty.' },
    'BAD_USER_INPUT',
  ],
  [
    'the validator',
    200,
    { path: null, message: 'Validation error of type FieldUndefined' },
    'BAD_USER_INPUT',
  ],
  ['a body too large', 413, { message: 'Request Entity Too Large' }, 'PAYLOAD_TOO_LARGE'],
  [
    'too many requests',
    429,
    { errorType: 'ThrottlingException', message: 'Rate exceeded' },
    'RATE_LIMITED',
  ],
  [
    'a null where none may be',
    200,
    { ...PLACE, message: 'Cannot return null for non-nullable type' },
    'INTERNAL',
  ],
  [
    'a word nobody knows',
    200,
    { ...PLACE, errorType: 'Lambda:Unhandled', message: 'Task timed out' },
    'INTERNAL',
  ],
])('gives %s one of our codes', (_, status, error, code) => {
  expect(codesOf(status, [error])).toEqual([code]);
});

test('keeps AppSync’s own word', () => {
  const [error] = readAppSyncAnswer(401, {
    errors: [{ errorType: 'UnauthorizedException' }],
  }).errors;
  expect(error).toEqual({
    message: '',
    extensions: { code: 'UNAUTHENTICATED', reason: 'UnauthorizedException' },
  });
});

test.each([null, 'text', 7, {}])('reads %j as an answer of nothing', (body) => {
  expect(readAppSyncAnswer(200, body)).toEqual({ data: null, errors: [] });
});
