/** `operations` of `@aws-appsync/utils/dynamodb`: what `update` is to do with one attribute. */
export const OPERATIONS = {
  add: (value: unknown) => ({ type: 'OPERATION_ADD', value }),
  remove: () => ({ type: 'OPERATION_REMOVE' }),
  replace: (value: unknown) => ({ type: 'OPERATION_REPLACE', value }),
  increment: (by = 1) => ({ type: 'OPERATION_INCREMENT', by }),
  decrement: (by = 1) => ({ type: 'OPERATION_DECREMENT', by }),
  append: (items: readonly unknown[]) => ({ type: 'OPERATION_APPEND', items }),
  prepend: (items: readonly unknown[]) => ({ type: 'OPERATION_PREPEND', items }),
  updateListItem: (value: unknown, index: number) => ({
    type: 'OPERATION_UPDATE_LIST_ITEM',
    value,
    index,
  }),
};
