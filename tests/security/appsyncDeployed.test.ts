import { deployedDoor } from '#tests/contract/deployedDoor.ts';
import { security } from './security.ts';

security([deployedDoor('appsync, the deployed templates', 'appsync')]);
