import { DOORS_DEPLOYED } from '#tests/contract/doors.ts';
import { security } from './security.ts';

security(DOORS_DEPLOYED);
