import { expect, test } from '@jest/globals';
import { checkTable } from '#table/checkTable.ts';
import { AUTH_TABLE } from '#table/tables.ts';
import { useTable } from '#tests/support/engine.ts';

const table = useTable(AUTH_TABLE);

test('a table that can be read is well', async () => {
  await checkTable(table);
});

test('a table that is not there is not', async () => {
  await expect(checkTable({ ...table, tableName: 'other' })).rejects.toThrow();
});
