import { DOORS_ON_APPSYNC } from '#tests/contract/doors.ts';
import { security } from './security.ts';

security(DOORS_ON_APPSYNC);
