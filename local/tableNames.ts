/** What the tables are called in a data folder, however Memopad was started. */
export const TABLE_NAMES = { auth: 'memopad-auth', memo: 'memopad-memo', live: 'memopad-live' };
