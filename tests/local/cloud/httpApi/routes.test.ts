import { describe, expect, test } from '@jest/globals';
import { createRouter } from '#local/cloud/httpApi/routes.ts';

const select = (routeKeys: readonly string[], request: string) => {
  const [method = '', path = ''] = request.split(' ');
  const router = createRouter(routeKeys.map((routeKey) => ({ routeKey, functionArn: '' })));
  return router(method, path.slice(1).split('/'));
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation */
const PETS = [
  '$default',
  'ANY /{proxy+}',
  'GET /pets/{proxy+}',
  'GET /pets/dog/{id}',
  'GET /pets/dog/1',
];

describe('the route of', () => {
  test.each([
    ['GET /pets/dog/1', 'GET /pets/dog/1'],
    ['GET /pets/dog/2', 'GET /pets/dog/{id}'],
    ['GET /pets/cat/1', 'GET /pets/{proxy+}'],
    ['POST /test/5', 'ANY /{proxy+}'],
    ['GET /', 'ANY /{proxy+}'],
  ])('%s in the developer guide’s example is %s', (request, routeKey) => {
    expect(select(PETS, request)?.route.routeKey).toBe(routeKey);
  });

  test.each([
    ['a full match before a greedy one', ['GET /a/{x+}', 'ANY /{y}/b'], 'GET /a/b', 'ANY /{y}/b'],
    ['text before a variable', ['GET /{x}/b', 'GET /a/{y}'], 'GET /a/b', 'GET /a/{y}'],
    ['its own method before ANY', ['ANY /a', 'GET /a'], 'GET /a', 'GET /a'],
    ['ANY where the method has none', ['ANY /a', 'GET /a'], 'PUT /a', 'ANY /a'],
    ['the longer text of two greedy ones', ['GET /{x+}', 'GET /a/{x+}'], 'GET /a/b', 'GET /a/{x+}'],
    ['the default one last', ['$default', 'GET /a'], 'GET /b', '$default'],
  ])('prefers %s', (_what, routeKeys, request, expected) => {
    expect(select(routeKeys, request)?.route.routeKey).toBe(expected);
    expect(select([...routeKeys].reverse(), request)?.route.routeKey).toBe(expected);
  });

  test.each([
    ['another path', 'GET /b'],
    ['a longer path', 'GET /a/b'],
    ['a slash at the end', 'GET /a/'],
    ['another case', 'GET /A'],
    ['another method', 'POST /a'],
    ['HEAD, which is not GET here', 'HEAD /a'],
    ['a variable that stands for nothing', 'GET /v/'],
    ['a greedy variable that stands for no part of a path', 'GET /g'],
  ])('there is none for %s', (_what, request) => {
    expect(select(['GET /a', 'GET /v/{x}', 'GET /g/{x+}'], request)).toBeUndefined();
  });

  test('gives the variables', () => {
    expect(select(['GET /{a}/x/{b+}'], 'GET /1/x/2/3/')?.parameters).toEqual({ a: '1', b: '2/3/' });
    expect(select(['GET /g/{x+}'], 'GET /g/')?.parameters).toEqual({ x: '' });
    expect(select(['$default'], 'GET /g/')?.parameters).toEqual({});
  });
});

test.each(['GET', 'get /a', 'GET a', ''])('"%s" is no route key', (routeKey) => {
  expect(() => createRouter([{ routeKey, functionArn: '' }])).toThrow(
    `Expected a route key like "GET /memos/{id}", got "${routeKey}".`,
  );
});
