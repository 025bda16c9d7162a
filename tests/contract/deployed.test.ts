import { contract } from './contract.ts';
import { DOORS_DEPLOYED } from './doors.ts';

contract(DOORS_DEPLOYED);
