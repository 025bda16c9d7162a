import { appsyncDoor } from './appsyncDoor.ts';
import { deployedDoor } from './deployedDoor.ts';
import type { Door } from './door.ts';
import { federatedDoor } from './federatedDoor.ts';

/** Ways into the API whose services run in the test's own process. A new one is one more entry. */
export const DOORS_IN_PROCESS: readonly Door[] = [
  federatedDoor({ name: 'federated, subgraphs in-process', subgraphs: 'in-process' }),
  federatedDoor({ name: 'federated, subgraphs over HTTP', subgraphs: 'http' }),
];

/** The AppSync door, whose tests run in a file of their own. */
export const DOORS_ON_APPSYNC: readonly Door[] = [appsyncDoor('appsync, in-process')];

/** Ways into the API as it is deployed: they take longer, so their tests run in a file of their own. */
export const DOORS_DEPLOYED: readonly Door[] = [deployedDoor('federated, the deployed templates')];
