/**
 * A memo's tags: kept as sent and in the order given, exact repeats dropped. Written in the
 * APPSYNC_JS subset, because both doors read this very file.
 */
import { TAG_RULE, TAGS_MAX } from './limits.ts';
import { textProblem } from './text.ts';

/** Says what was expected and what came; null when the tags are fine. Repeats count. */
export function tagsProblem(tags: readonly string[]): string | null {
  if (tags.length > TAGS_MAX) return `Expected at most ${TAGS_MAX} tags, got ${tags.length}.`;
  const problems = tags.map((tag) => textProblem(tag, TAG_RULE));
  return problems.find((problem) => problem !== null) ?? null;
}

/** Each tag once, where it came first. */
export function withoutRepeats(tags: readonly string[]): string[] {
  return tags.filter((tag, index) => tags.indexOf(tag) === index);
}
