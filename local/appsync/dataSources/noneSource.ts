import type { DataSource } from './dataSource.ts';

/** A data source of type NONE: the request's payload is the result. */
export function createNoneSource(): DataSource {
  return {
    async run(request) {
      const { payload = null } = (request ?? {}) as { readonly payload?: unknown };
      return { result: payload };
    },
  };
}
