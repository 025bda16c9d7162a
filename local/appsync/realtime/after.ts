/** The longest that Node's timers wait. */
const MAX_MS = 2 ** 31 - 1;

/** Does something once, later, without keeping the process alive for it. @returns what prevents it */
export function after(milliseconds: number, action: () => void): () => void {
  const timer = setTimeout(action, Math.min(Math.max(0, milliseconds), MAX_MS));
  timer.unref();
  return () => clearTimeout(timer);
}
