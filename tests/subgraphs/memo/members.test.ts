import { useMemoService } from './service.ts';
import { testMembers } from './suites/members.ts';

testMembers(useMemoService());
