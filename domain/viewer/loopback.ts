/** How this machine is called by itself; any other name may be a foreign page's that was led here (DNS rebinding). */
const HOST = String.raw`(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?`;
const LOOPBACK_HOST = new RegExp(`^${HOST}$`, 'i');
const LOOPBACK_ORIGIN = new RegExp(`^https?://${HOST}$`, 'i');

/** Whether a `Host` header names this machine, with any port. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK_HOST.test(host);
}

/** Whether an `Origin` header is that of a page of this machine: development servers have ports of their own. */
export function isLoopbackOrigin(origin: string): boolean {
  return LOOPBACK_ORIGIN.test(origin);
}
