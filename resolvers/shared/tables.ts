import type { Context } from '@aws-appsync/utils';

/** The names that batches and transactions call the tables by: variables of the API's environment. */
export const memoTableOf = (ctx: Context): string => ctx.env.MEMO_TABLE ?? '';
export const liveTableOf = (ctx: Context): string => ctx.env.LIVE_TABLE ?? '';
