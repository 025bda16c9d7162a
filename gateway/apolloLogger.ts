import type { Log } from '#domain/log.ts';

/** Apollo tells what it does; we log what goes wrong, without the text of errors, which may quote values. */
export function createApolloLogger(log: Log) {
  const tell = (level: 'warn' | 'error') => (text: unknown) =>
    log({ level, message: 'Apollo complains', text: String(text).split(':')[0] });
  return { debug() {}, info() {}, warn: tell('warn'), error: tell('error') };
}
