import { describe, jest } from '@jest/globals';
import type { Door } from '#tests/contract/door.ts';
import { useStage } from '#tests/contract/stage.ts';
import { accessSecurity } from './access.security.ts';
import { httpSecurity } from './http.security.ts';
import { inputSecurity } from './input.security.ts';
import { modelSecurity } from './model.security.ts';
import { surfaceSecurity } from './surface.security.ts';
import { tokenSecurity } from './token.security.ts';

/** What must not be possible, through every one of the doors. */
export function security(doors: readonly Door[]): void {
  // Real servers and password hashes: on a busy machine one test may take a while.
  jest.setTimeout(60_000);

  describe.each(doors)('through the door $name', (door) => {
    const stage = useStage(door);
    tokenSecurity(stage);
    accessSecurity(stage);
    inputSecurity(stage);
    modelSecurity(stage);
    surfaceSecurity(stage);
    // How requests may look, and from where they may come, is AppSync's own affair.
    if (door.kind === 'federated') httpSecurity(stage);
  });
}
