import { excerptOf } from './excerpt.ts';
import { BODY_RULE, TITLE_RULE } from './limits.ts';
import type { BodyFacts, MemoContent } from './memo.ts';
import { badInput } from './memoErrors.ts';
import { tagsProblem, withoutRepeats } from './tags.ts';
import { tasksOf } from './tasks.ts';
import { textProblem } from './text.ts';

/** Fields of a memo as they came: left out and null mean the same. */
export type ContentInput = {
  readonly [Field in keyof MemoContent]?: MemoContent[Field] | null | undefined;
};

/** The fields that were given, checked. @throws BAD_USER_INPUT */
export function readContent(input: ContentInput): Partial<MemoContent> {
  const { title, body, tags, color, pinned, state } = input;
  if (title != null) refuse(textProblem(title, TITLE_RULE));
  if (body != null) refuse(textProblem(body, BODY_RULE));
  if (tags != null) refuse(tagsProblem(tags));
  return {
    ...(title != null && { title }),
    ...(body != null && { body }),
    ...(tags != null && { tags: withoutRepeats(tags) }),
    ...(color != null && { color }),
    ...(pinned != null && { pinned }),
    ...(state != null && { state }),
  };
}

export function factsOf(body: string): BodyFacts {
  const tasks = tasksOf(body);
  return {
    excerpt: excerptOf(body),
    taskCount: tasks.length,
    doneTaskCount: tasks.filter(({ done }) => done).length,
    bodyBytes: Buffer.byteLength(body),
  };
}

function refuse(problem: string | null): void {
  if (problem !== null) throw badInput(problem);
}
