/**
 * The tasks of a body: the checklist lines of GFM's lists (https://github.github.com/gfm/#task-list-items-extension-),
 * at any depth, outside of fenced code. Written in the APPSYNC_JS subset, because both doors read
 * this very file.
 */

import { batchesOf } from './batches.ts';

/** One checklist line: `- [ ] text`, with `-`, `*`, `+`, `1.` or `1)` as its mark. */
export interface Task {
  /** Its place among the body's tasks, from 0. */
  readonly index: number;
  /** The line without its mark and box, and without white space around. */
  readonly text: string;
  readonly done: boolean;
}

interface FoundTask extends Task {
  /** Where in the body the character in the box is. */
  readonly boxAt: number;
}

/** Exactly one of the two isn't null: the body with the box ticked or unticked, or what was wrong with the index. */
export interface TickResult {
  readonly body: string | null;
  readonly problem: string | null;
}

const BULLETS = ['-', '*', '+'];
const EMPTY_BOX = '[ ]';
const DONE_BOXES = ['[x]', '[X]'];
/** Three of them or more. */
const FENCES = ['```', '~~~'];
const FENCE_LENGTH = 3;
/** More is cut off: nobody writes such a fence. */
const FENCE_LENGTH_MAX = 500;
const MAX_NUMBER_DIGITS = 9;

export function tasksOf(body: string): Task[] {
  return batchesOf(findTasks(body)).flatMap((tasks) =>
    tasks.map(({ index, text, done }) => ({ index, text, done })),
  );
}

/** Changes one character of the body at most: a task that is done already, or isn't, stays as it is written. */
export function tickTask(body: string, index: number, done: boolean): TickResult {
  const tasks = findTasks(body);
  const task = tasks[index];
  if (!task) {
    const expected = `Expected the index of one of the memo's ${tasks.length} tasks, from 0`;
    return { body: null, problem: `${expected}; got ${index}.` };
  }
  if (task.done === done) return { body, problem: null };
  const box = done ? 'x' : ' ';
  return { body: body.slice(0, task.boxAt) + box + body.slice(task.boxAt + 1), problem: null };
}

function findTasks(body: string): FoundTask[] {
  const tasks: FoundTask[] = [];
  let lineAt = 0;
  let openFence = '';
  // A CRLF becomes a line and an empty one, so that every position stays what it was.
  for (const lines of batchesOf(body.split('\r').join('\n').split('\n'))) {
    for (const line of lines) {
      const fence = fenceBehind(line, openFence);
      const task = fence === '' && openFence === '' ? readTask(line, lineAt, tasks.length) : null;
      if (task) tasks.push(task);
      openFence = fence;
      lineAt += line.length + 1;
    }
  }
  return tasks;
}

function readTask(line: string, lineAt: number, index: number): FoundTask | null {
  const unindented = line.trimStart();
  const content = afterMark(unindented);
  const box = content.slice(0, EMPTY_BOX.length);
  const done = DONE_BOXES.indexOf(box) !== -1;
  const rest = content.slice(EMPTY_BOX.length);
  if (content === unindented || (!done && box !== EMPTY_BOX)) return null;
  // A box is followed by white space or nothing: `- [x](url)` is a link.
  if (rest !== '' && !isBlank(rest.charAt(0))) return null;
  return { index, text: rest.trim(), done, boxAt: lineAt + line.length - content.length + 1 };
}

/** A line's content behind its list mark; the line itself when it has none. */
function afterMark(line: string): string {
  const mark = markLength(line);
  return mark > 0 && isBlank(line.charAt(mark)) ? line.slice(mark).trimStart() : line;
}

function markLength(line: string): number {
  if (BULLETS.indexOf(line.charAt(0)) !== -1) return 1;
  const start = line.slice(0, MAX_NUMBER_DIGITS + 1).split('');
  const digits = start.findIndex((character) => character < '0' || character > '9');
  const isNumber = digits > 0 && (start[digits] === '.' || start[digits] === ')');
  return isNumber ? digits + 1 : 0;
}

/** The fence that is open behind a line, if one was open before it or not; empty for none. */
function fenceBehind(line: string, openFence: string): string {
  const text = line.trim();
  if (openFence !== '') {
    return text.startsWith(openFence) && text === fenceOf(text) ? '' : openFence;
  }
  const content = afterMark(text);
  const fence = fenceOf(content);
  // Backticks with further backticks behind them are code within a line.
  return fence.startsWith('`') && content.slice(fence.length).indexOf('`') !== -1 ? '' : fence;
}

/** The row of backticks or tildes that a text starts with; empty when it is no fence. */
function fenceOf(text: string): string {
  if (FENCES.indexOf(text.slice(0, FENCE_LENGTH)) === -1) return '';
  const start = text.slice(0, FENCE_LENGTH_MAX);
  const end = start.split('').findIndex((character) => character !== text.charAt(0));
  return end === -1 ? start : start.slice(0, end);
}

const isBlank = (character: string): boolean => character === ' ' || character === '\t';
