import { useMemoService } from './service.ts';
import { testPads } from './suites/pads.ts';

testPads(useMemoService());
