import { afterAll, beforeAll } from '@jest/globals';
import { DIFFERENCES, type DifferenceName } from './differences.ts';
import type { Door, DoorKind, RunningDoor } from './door.ts';
import { createGuest, type Person, signUp, type Visitor } from './people.ts';

/** What a part of the suite plays on: one running door and people who are signed up once. */
export interface Stage {
  readonly kind: DoorKind;
  /** Whether the door is the other one of two that differ in this. */
  differs(name: DifferenceName): boolean;
  readonly door: RunningDoor;
  /** Somebody without a token. */
  readonly guest: Visitor;
  /** The person of that name, signed up at first mention: a password hash costs more than a test. */
  person(name: string): Promise<Person>;
}

/** Opens the door before the tests around it and closes it after them. */
export function useStage(door: Door): Stage {
  const people = new Map<string, Promise<Person>>();
  let running: RunningDoor | undefined;
  beforeAll(async () => {
    running = await door.start();
  });
  afterAll(() => running?.stop());
  const stage = {
    kind: door.kind,
    differs: (name: DifferenceName): boolean => name in DIFFERENCES && door.kind === 'appsync',
    get door(): RunningDoor {
      if (!running) throw new Error('The door is open only while a test runs.');
      return running;
    },
    get guest(): Visitor {
      return createGuest(stage.door);
    },
    person(name: string): Promise<Person> {
      const known = people.get(name) ?? signUp(stage.door, { displayName: name });
      people.set(name, known);
      return known;
    },
  };
  return stage;
}
