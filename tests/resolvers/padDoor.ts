import { randomBytes } from 'node:crypto';
import { createUlid } from '#domain/viewer/ulid.ts';
import type { PadDoor, Person } from '#tests/subgraphs/memo/service.ts';
import type { TestAppSync } from '#tests/support/appsyncApi.ts';

/** The AppSync API as the suites about pads ask it. */
export function padDoor(app: TestAppSync): PadDoor {
  return {
    person: () => createPerson(app),
    // AppSync's own validation has no code.
    noTime: /^none: .* as a valid AWSDateTime/,
    advance: (milliseconds) => {
      app.nowMs += milliseconds;
    },
  };
}

/** Tokens don't outlast a day of a suite's: each operation gets a new one. */
function createPerson(app: TestAppSync): Person {
  app.nowMs += 1;
  const id = createUlid(app.nowMs, randomBytes);
  const holder = async () => {
    const { token } = await app.issuer.issue({ userId: id, sessionId: id });
    return app.holder(token);
  };
  return {
    id,
    ask: async (query, variables) => (await holder()).ask(query, variables),
    refused: async (query, variables) => (await holder()).refused(query, variables),
  };
}
