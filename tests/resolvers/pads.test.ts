import { testPads } from '#tests/subgraphs/memo/suites/pads.ts';
import { useAppSyncApi } from '#tests/support/appsyncApi.ts';
import { padDoor } from './padDoor.ts';

testPads(padDoor(useAppSyncApi()));
