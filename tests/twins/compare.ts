import type { RunningDoor } from '#tests/contract/door.ts';
import type { Action } from './actions.ts';
import { createTwin } from './twin.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Between actions, so that no two of them share a millisecond on one side and not on the other. */
const STEP_MS = 5;

/** What one action was answered at each door, where the answers differ or none is good. */
export interface Disagreement {
  readonly action: Action;
  readonly answers: Readonly<Record<string, unknown>>;
}

/** Doors that are open, with a clock that only goes ahead. */
export interface OpenDoors {
  /** By their names. */
  readonly doors: readonly (readonly [string, Pick<RunningDoor, 'execute' | 'issuer' | 'later'>])[];
  /** Milliseconds ahead of real time. */
  aheadMs: number;
}

/**
 * Does the same through every door, each on data of its own.
 * @param onAgreed is told of every action whose answers are the same
 * @returns the first action whose answers differ in anything but names, or tell of a fault of ours
 */
export async function findDisagreement(
  actions: readonly Action[],
  open: OpenDoors,
  onAgreed: (action: Action) => void = () => {},
): Promise<Disagreement | undefined> {
  const now = () => Date.now() + open.aheadMs;
  const twins = open.doors.map(([name, running]) => {
    return { name, running, twin: createTwin(running, now) };
  });
  for (const action of actions) {
    open.aheadMs += action.do === 'wait' ? action.days * DAY_MS : STEP_MS;
    const answers: Record<string, unknown> = {};
    for (const { name, running, twin } of twins) {
      answers[name] = await running.later(open.aheadMs, () => twin.act(action));
    }
    const told = Object.values(answers).map((answer) => JSON.stringify(answer));
    const isOurFault = told.some((answer) => answer.includes('"INTERNAL"'));
    if (isOurFault || new Set(told).size > 1) return { action, answers };
    onAgreed(action);
  }
  return undefined;
}
