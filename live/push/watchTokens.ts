import type { Invoke } from '#aws/invokeFunction.ts';
import type { Clock } from '#domain/clock.ts';
import { PlainError } from '#domain/errors.ts';

/** The watch tokens of the pads that are being drained or replayed. */
export interface WatchTokens {
  /** A token that holds for another minute. @throws when the auth service can't be had */
  of(padId: string): Promise<string>;
  /** Has the next be a new one. */
  forget(padId: string): void;
}

export interface WatchTokensOptions {
  /** Calls the function of the auth service that issues them: `{padId}` → `{watchToken, expiresAt}`. */
  readonly invoke: Invoke;
  readonly clock: Clock;
}

/** From then on a new one is got while the old one still serves. */
const RENEWED_BESIDE_MS = 120_000;
/** From then on nobody is given the old one. */
const RENEWED_AHEAD_MS = 60_000;
const REMEMBERED = 1_000;

/** Issues each pad one token for some minutes, however many ask at once. */
export function createWatchTokens({ invoke, clock }: WatchTokensOptions): WatchTokens {
  const known = new Map<string, Promise<Issued>>();
  const renewing = new Set<string>();
  const issue = (padId: string): Promise<Issued> => {
    if (known.size >= REMEMBERED) known.clear();
    const issued = invoke({ padId }).then(readIssued);
    known.set(padId, issued);
    issued.catch(() => known.delete(padId));
    return issued;
  };
  /** Nobody waits for it: what goes wrong is tried again by whoever needs it. */
  const renewBeside = async (padId: string, old: Promise<Issued>): Promise<void> => {
    if (renewing.has(padId) || known.get(padId) !== old) return;
    renewing.add(padId);
    try {
      const issued = readIssued(await invoke({ padId }));
      if (known.get(padId) === old) known.set(padId, Promise.resolve(issued));
    } catch {
      // The old one serves for another while.
    } finally {
      renewing.delete(padId);
    }
  };
  return {
    async of(padId) {
      const pending = known.get(padId) ?? issue(padId);
      const issued = await pending;
      const leftMs = issued.expiresAtMs - clock();
      if (leftMs <= RENEWED_BESIDE_MS && leftMs > RENEWED_AHEAD_MS)
        void renewBeside(padId, pending);
      if (leftMs > RENEWED_AHEAD_MS) return issued.token;
      // Somebody else may have renewed it meanwhile.
      if (known.get(padId) === pending) known.delete(padId);
      return (await (known.get(padId) ?? issue(padId))).token;
    },
    forget(padId) {
      known.delete(padId);
    },
  };
}

interface Issued {
  readonly token: string;
  readonly expiresAtMs: number;
}

function readIssued(answer: unknown): Issued {
  const { watchToken, expiresAt } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  const expiresAtMs = Date.parse(String(expiresAt));
  if (typeof watchToken === 'string' && !Number.isNaN(expiresAtMs)) {
    return { token: watchToken, expiresAtMs };
  }
  throw new PlainError('Expected a watch token and when it expires.');
}
