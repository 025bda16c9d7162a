import { contract } from './contract.ts';
import { deployedDoor } from './deployedDoor.ts';

contract([deployedDoor('appsync, the deployed templates', 'appsync')]);
