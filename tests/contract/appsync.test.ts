import { contract } from './contract.ts';
import { DOORS_ON_APPSYNC } from './doors.ts';

contract(DOORS_ON_APPSYNC);
