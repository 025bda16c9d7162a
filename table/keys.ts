/**
 * The memo table's keys. Written in the APPSYNC_JS subset (no regex, throw or classes), because
 * both doors read this very file. What sorts a pad's memos, `place`, is domain/memo/place.ts's.
 *
 * PAD#<padId> / PAD               the pad            PAD#<padId> / MEMO#<ulid>        a memo
 * PAD#<padId> / MEMBER#<userId>   a membership       PAD#<padId> / INVITE#<inviteId>  an invite
 */
export const MEMO_PREFIX = 'MEMO#';
export const PAD_SORT_KEY = 'PAD';
export const MEMBER_PREFIX = 'MEMBER#';
export const INVITE_PREFIX = 'INVITE#';

export const padKey = (padId: string): string => `PAD#${padId}`;
export const padIdOfKey = (partitionKey: string): string => partitionKey.slice('PAD#'.length);
export const memoKey = (ulid: string): string => `${MEMO_PREFIX}${ulid}`;
export const memberKey = (userId: string): string => `${MEMBER_PREFIX}${userId}`;
export const inviteKey = (inviteId: string): string => `${INVITE_PREFIX}${inviteId}`;
