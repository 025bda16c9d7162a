/**
 * How much a memo and a page may hold. Lengths are in UTF-16 units. Written in the APPSYNC_JS subset,
 * because both doors read this very file.
 */
export const TITLE_MAX = 200;
export const BODY_MAX = 100_000;
export const TAGS_MAX = 50;
export const TAG_MAX = 50;

/** Memos in a page. */
export const PAGE_MAX = 100;
export const PAGE_DEFAULT = 20;
/** Summaries that one page reads to find those that pass its filters. */
export const PAGE_SUMMARIES_READ_MAX = 100;
/** Bytes of bodies, in UTF-8, that a page with bodies holds: 1 MB. */
export const PAGE_BODY_BYTES_MAX = 1_000_000;

/** Changes in a page of a change log. */
export const CHANGES_PAGE_MAX = 100;
/** Changes that are replayed to whoever comes back; whoever has missed more reads the lists again. */
export const REPLAY_CHANGES_MAX = 1000;
/** Bytes that are replayed to a subscription: 1 MB. */
export const REPLAY_BYTES_MAX = 1_000_000;

/** After this time in the trash a memo counts as purged. */
export const TRASH_DAYS = 30;
/** How long a purged memo's tombstone refuses to make it again: longer than any change log lasts. */
export const TOMBSTONE_DAYS = 90;
/** Memos that one emptyTrash purges at most. */
export const EMPTY_TRASH_MAX = 100;

/** What a title may be, in textProblem's terms. */
export const TITLE_RULE = { what: 'the title', min: 1, max: TITLE_MAX, multiline: false };
export const BODY_RULE = { what: 'the body', min: 0, max: BODY_MAX, multiline: true };
export const TAG_RULE = { what: 'each tag', min: 1, max: TAG_MAX, multiline: false };
