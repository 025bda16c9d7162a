import type { RequestFacts } from '#domain/viewer/requestLog.ts';

/** What becomes known of a request of the HTTP side on its way, for its log line. */
export type RequestTrace = { -readonly [Fact in keyof RequestFacts]: RequestFacts[Fact] };
