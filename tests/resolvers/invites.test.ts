import { testInvites } from '#tests/subgraphs/memo/suites/invites.ts';
import { useAppSyncApi } from '#tests/support/appsyncApi.ts';
import { padDoor } from './padDoor.ts';

testInvites(padDoor(useAppSyncApi()));
