import { describe, jest } from '@jest/globals';
import { authContract } from './auth.contract.ts';
import type { Door } from './door.ts';
import { errorsContract } from './errors.contract.ts';
import { federationContract } from './federation.contract.ts';
import { invitesContract } from './invites.contract.ts';
import { limitsContract } from './limits.contract.ts';
import { listsContract } from './lists.contract.ts';
import { membersContract } from './members.contract.ts';
import { memoChangesContract } from './memoChanges.contract.ts';
import { memosContract } from './memos.contract.ts';
import { padsContract } from './pads.contract.ts';
import { pagesContract } from './pages.contract.ts';
import { sessionsContract } from './sessions.contract.ts';
import { useStage } from './stage.ts';
import { tasksContract } from './tasks.contract.ts';
import { textContract } from './text.contract.ts';
import { trashContract } from './trash.contract.ts';

/** What the API promises, through every one of the doors. */
export function contract(doors: readonly Door[]): void {
  // Real servers and password hashes: on a busy machine one test may take a while.
  jest.setTimeout(60_000);

  describe.each(doors)('through the door $name', (door) => {
    const stage = useStage(door);
    authContract(stage);
    sessionsContract(stage);
    memosContract(stage);
    memoChangesContract(stage);
    trashContract(stage);
    tasksContract(stage);
    listsContract(stage);
    pagesContract(stage);
    padsContract(stage);
    membersContract(stage);
    invitesContract(stage);
    textContract(stage);
    errorsContract(stage);
    limitsContract(stage);
    federationContract(stage);
  });
}
