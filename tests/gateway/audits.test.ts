import { describe, expect, test } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { useGateway } from './gateway.ts';

const gateway = useGateway();

describe('the public audit of GraphQL over HTTP, https://github.com/graphql/graphql-http', () => {
  test.each(serverAudits({ url: () => gateway.url }).map(({ id, name, fn }) => ({ id, name, fn })))(
    '$id $name',
    async ({ fn }) => {
      const result = await fn();
      expect(result).toMatchObject({ status: 'ok' });
    },
  );
});
