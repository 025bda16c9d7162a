import type { RunningApi } from './api.ts';

/** What AppSync does now and then, and a laptop never. */
export interface AppSyncFaults {
  /** What becomes of an operation that a service of ours signs: refused, or done though the answer is 500. */
  onPublish?(): 'THROTTLED' | 'SENT_BUT_FAILED' | undefined;
  /** Whether a message to a subscriber gets lost: AppSync promises nothing, least of all right behind `start_ack`. */
  losesMessage?(): boolean;
  /** How long a message waits: milliseconds. Later ones may overtake it. */
  delayOfMessage?(): number;
}

/** The API with these faults. */
export function withFaults(api: RunningApi, faults: AppSyncFaults): RunningApi {
  return {
    ...api,
    async execute(request, asking) {
      const fault = asking.caller.mode === 'AWS_IAM' ? faults.onPublish?.() : undefined;
      if (fault === 'THROTTLED') throw new Error('a fault before the operation');
      const executed = await api.execute(request, asking);
      if (fault === 'SENT_BUT_FAILED') throw new Error('a fault behind the operation');
      return executed;
    },
    subscribe: (request, asking, subscriber) =>
      api.subscribe(request, asking, {
        ...subscriber,
        deliver(payload) {
          if (faults.losesMessage?.()) return;
          const delayMs = faults.delayOfMessage?.() ?? 0;
          if (delayMs === 0) subscriber.deliver(payload);
          else setTimeout(() => subscriber.deliver(payload), delayMs);
        },
      }),
  };
}
