import { testMembers } from '#tests/subgraphs/memo/suites/members.ts';
import { useAppSyncApi } from '#tests/support/appsyncApi.ts';
import { padDoor } from './padDoor.ts';

testMembers(padDoor(useAppSyncApi()));
