const WITHIN_MS = 30_000;
const POLL_MS = 10;

/** Waits until `look` finds something (anything but false, null and undefined). */
export async function waitFor<Found>(
  what: string,
  look: () => Found | Promise<Found>,
  withinMs: number = WITHIN_MS,
): Promise<NonNullable<Found>> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    const found = await look();
    if (found !== false && found !== null && found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`Waited ${withinMs} ms in vain for ${what}.`);
}
