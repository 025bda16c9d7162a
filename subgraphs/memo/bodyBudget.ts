import { MemopadError } from '#domain/errors.ts';

/** What one request may still read and answer with. */
export interface BodyBudget {
  /** UTF-8 bytes of bodies that its pages may still read. */
  bytesToRead: number;
  /** UTF-8 bytes of bodies that its fields may still show, or look for tasks in. */
  bytesToShow: number;
  /** Tasks that it may still answer with. */
  tasks: number;
}

/** Four pages of bodies. */
const BODY_BYTES = 4_000_000;
/** A body of 100,000 characters has 16,666 tasks at the most. */
const TASKS = 20_000;

export function createBodyBudget(): BodyBudget {
  return { bytesToRead: BODY_BYTES, bytesToShow: BODY_BYTES, tasks: TASKS };
}

/** For a page, before it reads its bodies: many pads at once would fill the memory. @throws PAYLOAD_TOO_LARGE */
export function spendRead(budget: BodyBudget, bytes: number): void {
  budget.bytesToRead -= bytes;
  if (budget.bytesToRead < 0) throw tooLarge(`${BODY_BYTES} bytes of bodies`);
}

/** For a body each time it is used: a memo may be asked for it under many names. @throws PAYLOAD_TOO_LARGE */
export function spendBody(budget: BodyBudget, body: string): string {
  budget.bytesToShow -= Buffer.byteLength(body);
  if (budget.bytesToShow < 0) throw tooLarge(`${BODY_BYTES} bytes of bodies`);
  return body;
}

/** @throws PAYLOAD_TOO_LARGE */
export function spendTasks<Found extends readonly unknown[]>(
  budget: BodyBudget,
  tasks: Found,
): Found {
  budget.tasks -= tasks.length;
  if (budget.tasks < 0) throw tooLarge(`${TASKS} tasks`);
  return tasks;
}

function tooLarge(most: string): MemopadError {
  const message = `Expected a request that answers with at most ${most}, got one for more. Ask for smaller pages.`;
  return new MemopadError('PAYLOAD_TOO_LARGE', message);
}
