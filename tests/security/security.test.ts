import { DOORS_IN_PROCESS } from '#tests/contract/doors.ts';
import { security } from './security.ts';

security(DOORS_IN_PROCESS);
