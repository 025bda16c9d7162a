/**
 * What writers set of a memo, as it came and as it is kept. Written in the APPSYNC_JS subset, because
 * both doors read this very file.
 */
import { batchesOf } from './batches.ts';
import { excerptOf } from './excerpt.ts';
import { BODY_RULE, TITLE_RULE } from './limits.ts';
import type { BodyFacts, MemoContent } from './memo.ts';
import { tagsProblem, withoutRepeats } from './tags.ts';
import { tasksOf } from './tasks.ts';
import { textProblem } from './text.ts';
import { utf8Length } from './utf8.ts';

/** Fields of a memo as they came: left out and null mean the same. */
export type ContentInput = {
  readonly [Field in keyof MemoContent]?: MemoContent[Field] | null | undefined;
};

/** Says what was expected of a field that was given and what came; null when all of them are fine. */
export function contentProblem(input: ContentInput): string | null {
  const { title, body, tags } = input;
  return (
    (title == null ? null : textProblem(title, TITLE_RULE)) ??
    (body == null ? null : textProblem(body, BODY_RULE)) ??
    (tags == null ? null : tagsProblem(tags))
  );
}

/** The fields that were given. */
export function contentOf(input: ContentInput): Partial<MemoContent> {
  const { title, body, tags, color, pinned, state } = input;
  return {
    ...(title == null ? {} : { title }),
    ...(body == null ? {} : { body }),
    ...(tags == null ? {} : { tags: withoutRepeats(tags) }),
    ...(color == null ? {} : { color }),
    ...(pinned == null ? {} : { pinned }),
    ...(state == null ? {} : { state }),
  };
}

export function factsOf(body: string): BodyFacts {
  const tasks = tasksOf(body);
  const done = batchesOf(tasks).flatMap((some) => some.filter((task) => task.done));
  return {
    excerpt: excerptOf(body),
    taskCount: tasks.length,
    doneTaskCount: done.length,
    bodyBytes: utf8Length(body),
  };
}
