import { describe } from '@jest/globals';
import { DOORS } from '#tests/contract/doors.ts';
import { useStage } from '#tests/contract/stage.ts';
import { accessSecurity } from './access.security.ts';
import { httpSecurity } from './http.security.ts';
import { inputSecurity } from './input.security.ts';
import { modelSecurity } from './model.security.ts';
import { surfaceSecurity } from './surface.security.ts';
import { tokenSecurity } from './token.security.ts';

describe.each(DOORS)('through the door $name', (door) => {
  const stage = useStage(door);
  tokenSecurity(stage);
  accessSecurity(stage);
  inputSecurity(stage);
  surfaceSecurity(stage);
  httpSecurity(stage);
  modelSecurity(stage);
});
