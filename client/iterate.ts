import type { Client } from 'graphql-ws';
import type { Result, Subscribe } from './watch.ts';

/** Gives subscriptions as async iterators; leaving the loop ends one. */
export function iterateWith(subscribe: Subscribe): Client['iterate'] {
  return ((payload) => {
    const results: Result[] = [];
    let end: { readonly problem?: unknown } | undefined;
    let wake = () => {};
    const finish = (reason: { readonly problem?: unknown }) => {
      end = reason;
      wake();
    };
    const dispose = subscribe(payload, {
      next(result) {
        results.push(result);
        wake();
      },
      error: (problem) => finish({ problem }),
      complete: () => finish({}),
    });
    const iterator = read();
    // A generator's own would wait until the next result.
    iterator.return = async () => {
      dispose();
      return { done: true, value: undefined };
    };
    return iterator;

    async function* read(): AsyncGenerator<Result, undefined> {
      while (!end || results.length > 0) {
        const result = results.shift();
        if (result) yield result;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
      if ('problem' in end) throw end.problem;
      return undefined;
    }
  }) as Client['iterate'];
}
