import { useMemoService } from './service.ts';
import { testInvites } from './suites/invites.ts';

testInvites(useMemoService());
