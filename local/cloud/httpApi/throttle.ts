import type { Clock } from '#domain/clock.ts';
import type { Throttle } from './definition.ts';

/** Whether one more request may pass now. */
export type TakeToken = () => boolean;

/**
 * A bucket of `burst` tokens that gets `rate` new ones a second; a request costs one.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export function createTokenBucket({ rate, burst }: Throttle, clock: Clock): TakeToken {
  let tokens = burst;
  let filledMs = clock();
  return () => {
    const nowMs = clock();
    // Clocks are set back now and then.
    const passedMs = Math.max(0, nowMs - filledMs);
    tokens = Math.min(burst, tokens + (passedMs * rate) / 1000);
    filledMs = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
