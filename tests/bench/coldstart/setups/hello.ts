/** Node, a module and an answer: what nothing can be faster than. */
export const handler = async () => ({ data: { memo: { title: 'Cold' } } });
