import { writeSync } from 'node:fs';

// One cold start: Lambda's part in it is to import the bundle and to hand over the first event. It is
// plain JavaScript, because what would read TypeScript starts slower than what is measured.

const { bundle, event } = JSON.parse(process.env.BENCH_OPTIONS);
const { handler } = await import(bundle);
const importedMs = performance.now();
const answer = await handler(event);
const answeredMs = performance.now();
const { user, system } = process.cpuUsage();
const loadsFetch = process.moduleLoadList.some((name) => name.includes('undici'));
const told = { importedMs, answeredMs, cpuMs: (user + system) / 1000, loadsFetch, answer };
writeSync(process.stdout.fd, `\n${JSON.stringify(told)}`);
process.exit(0);
