import { deployedDoor } from './deployedDoor.ts';
import type { Door } from './door.ts';
import { federatedDoor } from './federatedDoor.ts';

/** Every way into the API that the suite is run through. A new door is one more entry. */
export const DOORS: readonly Door[] = [
  federatedDoor({ name: 'federated, subgraphs in-process', subgraphs: 'in-process' }),
  federatedDoor({ name: 'federated, subgraphs over HTTP', subgraphs: 'http' }),
  deployedDoor('federated, the deployed templates'),
];
