import type { Log } from '#domain/log.ts';

/** One JSON line to standard output, which Lambda keeps in CloudWatch. */
export const logLine: Log = (entry) => {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`);
};
