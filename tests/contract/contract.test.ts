import { contract } from './contract.ts';
import { DOORS_IN_PROCESS } from './doors.ts';

contract(DOORS_IN_PROCESS);
